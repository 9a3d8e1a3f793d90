package dev.trifocal.datasets;

import dev.trifocal.data.Splits;
import dev.trifocal.datasets.npy.Npy;
import dev.trifocal.download.DownloadListener;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** A folder of arrays; sample n has the pixels 6 n to 6 n + 5 and the label n mod 3. */
record ArrayFolder(Path path) {
  static final Shape SAMPLE = Shape.of(1, 2, 3);

  Splits open(long seed) {
    return new ArraySource(Optional.of(path))
        .open(new DatasetOptions(Optional.empty(), path, seed, new DownloadListener() {}));
  }

  void write(String name, Tensor tensor) {
    Npy.write(file(name), tensor);
  }

  Path file(String name) {
    return path.resolve(name + ".npy");
  }

  static Tensor floats(int count, int first) {
    return Tensor.floats(
        SAMPLE.batch(count),
        buffer -> IntStream.range(0, 6 * count).forEach(i -> buffer.put(6 * first + i)));
  }

  static Tensor labels(int count) {
    return Tensor.of(Shape.of(count), LongStream.range(0, count).map(i -> i % 3).toArray());
  }
}
