package dev.trifocal.backend.dl4j;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Views of an array's memory; a view shares the owners of its array. */
final class ArrayViews {
  private ArrayViews() {}

  /**
   * Returns the same elements in another shape. ND4J's own {@code reshape} wraps the buffer in
   * another object, which {@link BufferPool} would not recognise.
   *
   * @param array row-major array that is not itself a slice
   */
  static INDArray shaped(INDArray array, long... sizes) {
    return Nd4j.create(array.data(), sizes, Nd4j.getStrides(sizes, 'c'), 0, 'c');
  }

  /** Returns the elements {@code start, start + step, ...} below {@code end} along one axis. */
  static INDArray part(INDArray array, int axis, long start, long end, long step) {
    INDArrayIndex[] index = new INDArrayIndex[array.rank()];
    for (int i = 0; i < index.length; i++) {
      index[i] = NDArrayIndex.all();
    }
    index[axis] = NDArrayIndex.interval(start, step, end);
    return array.get(index);
  }
}
