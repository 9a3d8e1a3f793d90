package dev.trifocal.datasets.memory;

import dev.trifocal.error.DataException;
import dev.trifocal.file.DigestBuilder;
import dev.trifocal.image.Image;
import dev.trifocal.image.Preprocessing;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.DataType;
import dev.trifocal.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Optional;

/**
 * Images in memory: float32 {@code [N, C, H, W]}, used unchanged, or uint8 {@code [N, C, H, W]},
 * converted on access to float32 in [0, 1] ({@code p / 255}). Bytes are kept as bytes, which takes
 * a quarter of the memory.
 */
public final class Samples {
  private final Rows rows;

  private Samples(Rows rows) {
    this.rows = rows;
  }

  /**
   * Creates samples.
   *
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

  /** Returns the shape of one sample, {@code [C, H, W]}. */
  public Shape sampleShape() {
    return rows.tensor().shape().sample();
  }

  /** Returns the preprocessing of bytes; empty for floats, whose preprocessing is unknown. */
  Optional<Preprocessing> preprocessing() {
    return rows.tensor().type() == DataType.UINT8
        ? Optional.of(Preprocessing.UNIT)
        : Optional.empty();
  }

  /** Returns whether the samples are bytes of gray images, {@code [N, 1, H, W]}. */
  boolean areGrayImages() {
    return rows.tensor().type() == DataType.UINT8
        && sampleShape().rank() == 3
        && sampleShape().size(0) == 1;
  }

  /** Returns a sample of {@linkplain #areGrayImages gray images}. */
  Image image(int index) {
    byte[] bytes = new byte[rows.width()];
    rows.tensor().bytes().get(index * bytes.length, bytes);
    return Image.of(sampleShape().size(1), sampleShape().size(2), 1, bytes);
  }

  /** Returns samples as float32 {@code [indices.length, C, H, W]}. */
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
