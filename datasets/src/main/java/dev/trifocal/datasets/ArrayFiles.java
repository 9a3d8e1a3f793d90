package dev.trifocal.datasets;

import dev.trifocal.datasets.memory.Labels;
import dev.trifocal.datasets.memory.Samples;
import dev.trifocal.datasets.memory.TensorDataset;
import dev.trifocal.datasets.npy.Npy;
import dev.trifocal.error.DataException;
import dev.trifocal.error.FileException;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.DataType;
import dev.trifocal.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/** A pair of {@code x} and {@code y} files, validated individually and against each other. */
record ArrayFiles(Path xFile, Tensor x, Path yFile, Tensor y) {
  private static final int IMAGE_RANK = 4;
  private static final int MOST_CHANNELS = 4;

  ArrayFiles {
    requireImages(xFile, x);
    requireLabels(yFile, y);
    requireFinite(xFile, x);
    requireFinite(yFile, y);
    if (x.shape().size(0) != y.shape().size(0)) {
      throw new DataException(
          "%s has %,d samples, but %s has %,d labels"
              .formatted(xFile, x.shape().size(0), yFile, y.shape().size(0)));
    }
  }

  static ArrayFiles required(Path folder) {
    Path x = folder.resolve("x.npy");
    Path y = folder.resolve("y.npy");
    if (!Files.exists(x) || !Files.exists(y)) {
      throw new FileException(
          "%s: %s is missing; a folder of arrays needs x.npy and y.npy"
              .formatted(
                  folder,
                  Files.exists(x) ? "y.npy" : Files.exists(y) ? "x.npy" : "x.npy and y.npy"));
    }
    return new ArrayFiles(x, Npy.read(x), y, Npy.read(y));
  }

  static Optional<ArrayFiles> optional(Path folder, String suffix) {
    Path x = folder.resolve("x" + suffix + ".npy");
    Path y = folder.resolve("y" + suffix + ".npy");
    if (Files.exists(x) != Files.exists(y)) {
      throw new FileException(
          "%s exists, but %s does not; both are needed"
              .formatted(Files.exists(x) ? x : y, Files.exists(x) ? y : x));
    }
    return Files.exists(x)
        ? Optional.of(new ArrayFiles(x, Npy.read(x), y, Npy.read(y)))
        : Optional.empty();
  }

  /** Returns whether the labels are class ids rather than targets. */
  boolean hasIds() {
    return y.type() != DataType.FLOAT32;
  }

  /** Returns the class ids as int64. */
  LongStream ids() {
    int count = y.shape().size(0);
    ByteBuffer bytes = y.bytes();
    return switch (y.type()) {
      case UINT8 -> LongStream.range(0, count).map(i -> bytes.get((int) i) & 0xFF);
      case INT32 -> LongStream.range(0, count).map(i -> bytes.getInt(4 * (int) i));
      case INT64 -> LongStream.range(0, count).map(i -> bytes.getLong(8 * (int) i));
      case FLOAT32, FLOAT64 -> throw new DataException(yFile + ": its labels are not class ids");
    };
  }

  void requireLike(ArrayFiles main) {
    if (!x.shape().sample().equals(main.x.shape().sample())) {
      throw new DataException(
          "%s has samples of shape %s, but %s has %s"
              .formatted(xFile, x.shape().sample(), main.xFile, main.x.shape().sample()));
    }
    if (hasIds() != main.hasIds() || !y.shape().sample().equals(main.y.shape().sample())) {
      throw new DataException(
          "%s has labels %s, but %s has %s".formatted(yFile, y, main.yFile, main.y));
    }
  }

  TensorDataset dataset(String name, List<String> classes) {
    Labels labels =
        hasIds() ? Labels.ids(yFile.toString(), ids().toArray(), classes) : Labels.targets(y);
    return TensorDataset.of(name, Samples.of(x), labels);
  }

  private static void requireImages(Path file, Tensor x) {
    Shape shape = x.shape();
    if (x.type() != DataType.FLOAT32 && x.type() != DataType.UINT8) {
      throw new DataException(
          "%s: samples must be float32 or uint8, but are %s (numpy: x.astype(numpy.float32))"
              .formatted(file, x.type()));
    }
    if (shape.rank() != IMAGE_RANK) {
      throw new DataException(
          "%s: samples must be [N, C, H, W], but are %s (numpy: x.reshape(...))"
              .formatted(file, shape));
    }
    if (shape.size(1) > MOST_CHANNELS && shape.size(3) <= MOST_CHANNELS) {
      throw new DataException(
          "%s: samples must be [N, C, H, W], but %s looks like [N, H, W, C]".formatted(file, shape)
              + " (numpy: x.transpose(0, 3, 1, 2))");
    }
  }

  private static void requireLabels(Path file, Tensor y) {
    if (y.type() == DataType.FLOAT64) {
      throw new DataException(
          "%s: labels must be integers, or float32 targets, but are float64".formatted(file)
              + " (numpy: y.astype(numpy.int64) or y.astype(numpy.float32))");
    }
    if (y.shape().rank() == 0 || y.type() != DataType.FLOAT32 && y.shape().rank() != 1) {
      throw new DataException(
          "%s: class ids must be [N], but are %s (numpy: y.reshape(-1))"
              .formatted(file, y.shape()));
    }
  }

  private static void requireFinite(Path file, Tensor tensor) {
    if (tensor.type() != DataType.FLOAT32) {
      return;
    }
    FloatBuffer values = tensor.floats();
    int perSample = values.remaining() / tensor.shape().size(0);
    for (int i = 0; i < values.remaining(); i++) {
      if (!Float.isFinite(values.get(i))) {
        throw new DataException(
            "%s: sample %d contains %s; values must be finite"
                .formatted(file, i / perSample, values.get(i)));
      }
    }
  }
}
