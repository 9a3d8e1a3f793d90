package dev.trifocal.datasets.memory;

import dev.trifocal.file.DigestBuilder;
import dev.trifocal.tensor.Tensor;
import java.nio.ByteBuffer;

/** Random access to a tensor along its first axis. */
record Rows(Tensor tensor) {
  int count() {
    return tensor.shape().size(0);
  }

  /** Elements in one row. */
  int width() {
    return (int) (tensor.shape().elements() / count());
  }

  Tensor at(int[] indices) {
    return tensor.rows(indices);
  }

  void digest(DigestBuilder sha, int[] indices) {
    sha.add(tensor.type() + tensor.shape().with(0, indices.length).toString());
    for (int index : indices) {
      sha.add(bytes(index));
    }
  }

  private ByteBuffer bytes(int index) {
    int length = width() * tensor.type().bytes();
    return tensor.bytes().slice(index * length, length);
  }
}
