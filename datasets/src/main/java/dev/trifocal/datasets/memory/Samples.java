package dev.trifocal.datasets.memory;

import dev.trifocal.error.DataException;
import dev.trifocal.file.DigestBuilder;
import dev.trifocal.image.Preprocessing;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.DataType;
import dev.trifocal.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Optional;

/**
 * Pictures in memory, float32 {@code [N, C, H, W]} as they are, or uint8 {@code [N, C, H, W]}
 * served as float32 in [0, 1] ({@code p / 255}). Bytes stay bytes in memory: a quarter of the
 * space.
 */
public final class Samples {
  private final Rows rows;

  private Samples(Rows rows) {
    this.rows = rows;
  }

  /**
   * @throws DataException if {@code tensor} is not float32 or uint8
   */
  public static Samples of(Tensor tensor) {
    if (tensor.type() != DataType.FLOAT32 && tensor.type() != DataType.UINT8) {
      throw new DataException("samples must be float32 or uint8, but are " + tensor);
    }
    return new Samples(new Rows(tensor));
  }

  public int size() {
    return rows.count();
  }

  /** {@code [C, H, W]}. */
  public Shape sampleShape() {
    return rows.tensor().shape().sample();
  }

  /** Bytes are served as {@code [0, 1]}; whatever became floats became so elsewhere. */
  Optional<Preprocessing> preprocessing() {
    return rows.tensor().type() == DataType.UINT8
        ? Optional.of(Preprocessing.UNIT)
        : Optional.empty();
  }

  /** Float32 {@code [indices.length, C, H, W]}. */
  Tensor rows(int[] indices) {
    return rows.tensor().type() == DataType.UINT8 ? scaled(indices) : rows.at(indices);
  }

  void digest(DigestBuilder sha, int[] indices) {
    rows.digest(sha, indices);
  }

  private Tensor scaled(int[] indices) {
    Shape shape = rows.tensor().shape().with(0, indices.length);
    return Tensor.floats(shape, target -> scale(indices, target));
  }

  private void scale(int[] indices, FloatBuffer target) {
    ByteBuffer source = rows.tensor().bytes();
    byte[] bytes = new byte[rows.width()];
    float[] floats = new float[bytes.length];
    for (int index : indices) {
      source.get(index * bytes.length, bytes);
      for (int i = 0; i < bytes.length; i++) {
        floats[i] = (bytes[i] & 0xFF) / 255f;
      }
      target.put(floats);
    }
  }
}
