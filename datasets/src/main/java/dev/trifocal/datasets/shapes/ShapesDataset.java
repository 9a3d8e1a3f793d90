package dev.trifocal.datasets.shapes;

import dev.trifocal.data.Batch;
import dev.trifocal.data.Dataset;
import dev.trifocal.error.DataException;
import dev.trifocal.image.Preprocessing;
import dev.trifocal.random.RandomStream;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * One split of the generated scenes: float32 {@code [3, 64, 64]} in [0, 1], and a class id for each
 * pixel, int64 {@code [64, 64]}, {@value Scene#VOID} on outlines. All scenes are drawn on first
 * use, on all processors, and kept as bytes.
 */
public final class ShapesDataset implements Dataset {
  /** The class id of pixels that belong to no class. */
  public static final int VOID = Scene.VOID;

  private static final int AREA = Scene.SIZE * Scene.SIZE;
  private static final int PIXELS = Scene.CHANNELS * AREA;
  private static final float LARGEST = 255;

  /** The pixels and labels of all scenes. */
  private record Drawn(byte[] pixels, byte[] labels) {}

  private final String part;
  private final RandomStream stream;
  private final int size;
  private volatile Optional<Drawn> drawn = Optional.empty();

  /**
   * Creates a split.
   *
   * @param part the name of the split; other splits hold other samples
   * @param seed the seed
   * @param size the number of samples
   * @throws DataException if {@code size} is not positive, or exceeds 2 GiB of pixels
   */
  public ShapesDataset(String part, long seed, int size) {
    if (size <= 0 || size > Integer.MAX_VALUE / PIXELS) {
      throw new DataException(
          "shapes/%s cannot have %,d samples; choose 1 to %,d"
              .formatted(part, size, Integer.MAX_VALUE / PIXELS));
    }
    this.part = part;
    this.stream = RandomStream.of(seed).at("shapes").at(part);
    this.size = size;
  }

  @Override
  public String name() {
    return "shapes/" + part;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public Map<String, Shape> inputShapes() {
    return Map.of(Batch.INPUT, Shape.of(Scene.CHANNELS, Scene.SIZE, Scene.SIZE));
  }

  @Override
  public Optional<Preprocessing> preprocessing() {
    return Optional.of(Preprocessing.UNIT);
  }

  @Override
  public List<String> classes() {
    List<String> names = new ArrayList<>(List.of("background"));
    for (ShapeKind kind : ShapeKind.values()) {
      names.add(kind.label());
    }
    return List.copyOf(names);
  }

  @Override
  public boolean isSegmentation() {
    return true;
  }

  @Override
  public OptionalLong ignoreIndex() {
    return OptionalLong.of(VOID);
  }

  @Override
  public Batch batch(int[] indices) {
    Drawn all = drawn();
    for (int index : indices) {
      if (index < 0 || index >= size) {
        throw new DataException(
            "%s has no sample %d; it has %d samples".formatted(name(), index, size));
      }
    }
    Tensor images =
        Tensor.floats(
            sampleShape().batch(indices.length),
            buffer -> {
              for (int index : indices) {
                for (int i = 0; i < PIXELS; i++) {
                  buffer.put((all.pixels()[index * PIXELS + i] & 0xFF) / LARGEST);
                }
              }
            });
    long[] labels = new long[indices.length * AREA];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = all.labels()[indices[i / AREA] * AREA + i % AREA] & 0xFF;
    }
    return Batch.of(images, Tensor.of(Shape.of(indices.length, Scene.SIZE, Scene.SIZE), labels));
  }

  private Drawn drawn() {
    Optional<Drawn> result = drawn;
    if (result.isEmpty()) {
      synchronized (this) {
        result = drawn;
        if (result.isEmpty()) {
          result = Optional.of(draw());
          drawn = result;
        }
      }
    }
    return result.orElseThrow();
  }

  private Drawn draw() {
    byte[] pixels = new byte[size * PIXELS];
    byte[] labels = new byte[size * AREA];
    IntStream.range(0, size)
        .parallel()
        .forEach(i -> Scene.of(stream.at(i)).draw(pixels, i * PIXELS, labels, i * AREA));
    return new Drawn(pixels, labels);
  }
}
