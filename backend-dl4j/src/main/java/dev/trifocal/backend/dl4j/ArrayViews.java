package dev.trifocal.backend.dl4j;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Other ways to look at an array's memory; a view shares its owners. */
final class ArrayViews {
  private ArrayViews() {}

  /**
   * The same elements under another shape. ND4J's own {@code reshape} wraps the buffer in another
   * object, by which {@link BufferPool} would not know it.
   *
   * @param array row-major, not itself a part
   */
  static INDArray shaped(INDArray array, long... sizes) {
    return Nd4j.create(array.data(), sizes, Nd4j.getStrides(sizes, 'c'), 0, 'c');
  }

  /** The elements {@code start, start + step, ...} below {@code end} of one axis. */
  static INDArray part(INDArray array, int axis, long start, long end, long step) {
    INDArrayIndex[] index = new INDArrayIndex[array.rank()];
    for (int i = 0; i < index.length; i++) {
      index[i] = NDArrayIndex.all();
    }
    index[axis] = NDArrayIndex.interval(start, step, end);
    return array.get(index);
  }
}
