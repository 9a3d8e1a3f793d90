package dev.trifocal.documentation;

import dev.trifocal.data.Batch;
import dev.trifocal.data.Dataset;
import dev.trifocal.image.Preprocessing;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Images of 12x12 with one bright row; which row it is, is the class. */
record BarImages(String name, int size) implements Dataset {
  private static final int SIDE = 12;
  private static final int CLASSES = 10;

  @Override
  public Map<String, Shape> inputShapes() {
    return Map.of(Batch.INPUT, Shape.of(1, SIDE, SIDE));
  }

  @Override
  public List<String> classes() {
    return IntStream.range(0, CLASSES).mapToObj(i -> "row " + i).toList();
  }

  @Override
  public Optional<Preprocessing> preprocessing() {
    return Optional.of(Preprocessing.UNIT);
  }

  @Override
  public Batch batch(int[] indices) {
    Tensor images =
        Tensor.floats(
            sampleShape().batch(indices.length),
            buffer -> {
              for (int i = 0; i < indices.length; i++) {
                for (int x = 0; x < SIDE; x++) {
                  buffer.put((i * SIDE + indices[i] % CLASSES) * SIDE + x, 1);
                }
              }
            });
    long[] labels = Arrays.stream(indices).mapToLong(i -> i % CLASSES).toArray();
    return Batch.of(images, Tensor.of(Shape.of(indices.length), labels));
  }

  @Override
  public String digest() {
    return "bars of " + size;
  }
}
