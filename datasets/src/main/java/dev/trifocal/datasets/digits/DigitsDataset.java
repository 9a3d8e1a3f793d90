package dev.trifocal.datasets.digits;

import dev.trifocal.data.Batch;
import dev.trifocal.data.Dataset;
import dev.trifocal.datasets.memory.Labels;
import dev.trifocal.datasets.memory.Samples;
import dev.trifocal.datasets.memory.TensorDataset;
import dev.trifocal.error.DataException;
import dev.trifocal.image.Preprocessing;
import dev.trifocal.random.RandomStream;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.DataType;
import dev.trifocal.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * One split of the generated digits. All digits are generated on first use, on all processors
 * (about 20,000 per second each), and kept as bytes.
 */
public final class DigitsDataset implements Dataset {
  private static final int PIXELS = Handwriting.SIZE * Handwriting.SIZE;
  private static final int CLASSES = 10;

  private final String part;
  private final RandomStream stream;
  private final int size;
  private volatile TensorDataset drawn;

  /**
   * Creates a split.
   *
   * @param part the name of the split; other splits hold other samples
   * @param seed the seed
   * @param size the number of samples
   * @throws DataException if {@code size} is not positive, or exceeds 2 GiB of pixels
   */
  public DigitsDataset(String part, long seed, int size) {
    if (size <= 0 || size > Integer.MAX_VALUE / PIXELS) {
      throw new DataException(
          "digits/%s cannot have %,d samples; choose 1 to %,d"
              .formatted(part, size, Integer.MAX_VALUE / PIXELS));
    }
    this.part = part;
    this.stream = RandomStream.of(seed).at("digits").at(part);
    this.size = size;
  }

  @Override
  public String name() {
    return "digits/" + part;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public Map<String, Shape> inputShapes() {
    return Map.of(Batch.INPUT, Shape.of(1, Handwriting.SIZE, Handwriting.SIZE));
  }

  @Override
  public Optional<Preprocessing> preprocessing() {
    return Optional.of(Preprocessing.UNIT);
  }

  @Override
  public List<String> classes() {
    return IntStream.range(0, CLASSES).mapToObj(Integer::toString).toList();
  }

  @Override
  public Batch batch(int[] indices) {
    return drawn().batch(indices);
  }

  @Override
  public String digest() {
    return drawn().digest();
  }

  private TensorDataset drawn() {
    TensorDataset result = drawn;
    if (result == null) {
      synchronized (this) {
        result = drawn;
        if (result == null) {
          result = draw();
          drawn = result;
        }
      }
    }
    return result;
  }

  private TensorDataset draw() {
    Handwriting hand = new Handwriting(Alphabet.handwritten());
    byte[] pixels = new byte[size * PIXELS];
    long[] labels = new long[size];
    IntStream.range(0, size)
        .parallel()
        .forEach(
            i -> {
              RandomStream sample = stream.at(i);
              int digit = sample.at("class").below(0, CLASSES);
              labels[i] = digit;
              hand.write(sample, digit, pixels, i * PIXELS);
            });
    Tensor images =
        Tensor.make(sampleShape().batch(size), DataType.UINT8, buffer -> buffer.put(pixels));
    return TensorDataset.of(name(), Samples.of(images), Labels.ids(name(), labels, classes()));
  }
}
