package dev.trifocal.backend.dl4j;

import dev.trifocal.graph.Node;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Is told what runs next, and makes each call of ND4J. */
interface CallObserver {
  /** What belongs to no layer runs next. */
  default void outsideLayers() {}

  /** A layer runs forward next. */
  default void forward(Node node) {}

  /** A layer runs backward next. */
  default void backward(Node node) {}

  /**
   * The update runs next.
   *
   * @param parameter the parameter; empty for what concerns all parameters
   */
  default void update(Optional<String> parameter) {}

  /**
   * Makes a call of an operator.
   *
   * @param arrays what it reads and writes
   */
  void call(String operator, List<INDArray> arrays, Runnable call);
}
