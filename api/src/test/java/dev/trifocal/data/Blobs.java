package dev.trifocal.data;

import dev.trifocal.random.RandomStream;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Samples around one centre per class, made on the spot; class {@code index % classes}.
 *
 * @param shift what is added to the label (modulo the number of classes) but not to the sample, so
 *     that anything but 0 teaches falsehoods
 */
public record Blobs(String name, int size, int count, Shape sampleShape, long seed, int shift)
    implements Dataset {
  public static Blobs of(String name, int size, long seed) {
    return new Blobs(name, size, 3, Shape.of(1, 2, 3), seed, 0);
  }

  public Blobs shifted(int by) {
    return new Blobs(name, size, count, sampleShape, seed, by);
  }

  @Override
  public Map<String, Shape> inputShapes() {
    return Map.of(Batch.INPUT, sampleShape);
  }

  @Override
  public List<String> classes() {
    return IntStream.range(0, count).mapToObj(id -> "blob " + id).toList();
  }

  @Override
  public Batch batch(int[] indices) {
    int features = (int) sampleShape.elements();
    Tensor inputs =
        Tensor.floats(
            sampleShape.batch(indices.length),
            buffer -> {
              for (int index : indices) {
                RandomStream noise = RandomStream.of(seed).at(index);
                for (int f = 0; f < features; f++) {
                  double centre = f % count == index % count ? 1 : 0;
                  buffer.put((float) (centre + 0.2 * noise.gaussian(f)));
                }
              }
            });
    long[] labels = IntStream.of(indices).mapToLong(i -> (i + shift) % count).toArray();
    return Batch.of(inputs, Tensor.of(Shape.of(indices.length), labels));
  }

  @Override
  public String digest() {
    return "blobs:" + seed + ":" + size + ":" + shift;
  }
}
