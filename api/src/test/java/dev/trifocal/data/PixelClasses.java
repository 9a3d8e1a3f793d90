package dev.trifocal.data;

import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/** Images {@code [1, 2, 3]} of which each pixel has a class, but for the last, which is void. */
public record PixelClasses(String name, int size, List<String> classes) implements Dataset {
  public static final int VOID = 255;
  private static final int PIXELS = 6;

  @Override
  public Map<String, Shape> inputShapes() {
    return Map.of(Batch.INPUT, Shape.of(1, 2, 3));
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
    int count = indices.length * PIXELS;
    long[] labels =
        IntStream.range(0, count)
            .mapToLong(i -> i % PIXELS == PIXELS - 1 ? VOID : i % classes.size())
            .toArray();
    return Batch.of(
        Tensor.floats(Shape.of(indices.length, 1, 2, 3), buffer -> {}),
        Tensor.of(Shape.of(indices.length, 2, 3), labels));
  }
}
