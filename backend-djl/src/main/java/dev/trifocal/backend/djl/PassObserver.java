package dev.trifocal.backend.djl;

import ai.djl.pytorch.engine.PtNDArray;
import dev.trifocal.graph.Node;

/** Is told what is about to run. Not told about accumulated gradients. */
interface PassObserver {
  /** Inputs or outputs are copied next. */
  void transfer();

  /** A layer runs forward next. */
  void forward(Node node);

  /**
   * A layer has been computed.
   *
   * @return the value to go on with: the same values, shape and gradient
   */
  PtNDArray computed(Node node, PtNDArray value);

  /** The backward pass runs next. */
  void backward();

  /** The update begins, with what concerns all parameters. */
  void update();

  /** A parameter is updated next. */
  void update(String parameter);
}
