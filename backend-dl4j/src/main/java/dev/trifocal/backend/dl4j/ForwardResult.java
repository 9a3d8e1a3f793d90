package dev.trifocal.backend.dl4j;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The result of running a layer.
 *
 * @param value the output, owned by the caller
 * @param kept arrays that the backward pass needs besides inputs and output, owned by the caller
 */
record ForwardResult(INDArray value, Pullback pullback, List<INDArray> kept) {
  ForwardResult(INDArray value, Pullback pullback) {
    this(value, pullback, List.of());
  }
}
