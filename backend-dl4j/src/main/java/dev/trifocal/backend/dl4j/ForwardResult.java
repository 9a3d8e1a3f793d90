package dev.trifocal.backend.dl4j;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What running a layer gives.
 *
 * @param value the output; whoever asked owns it
 * @param kept arrays that going backward needs besides inputs and output, owned likewise
 */
record ForwardResult(INDArray value, Pullback pullback, List<INDArray> kept) {
  ForwardResult(INDArray value, Pullback pullback) {
    this(value, pullback, List.of());
  }
}
