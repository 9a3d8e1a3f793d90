package dev.trifocal.backend.onnx;

import dev.trifocal.onnx.NodeContext;
import java.util.List;

/**
 * A node while its gradient is computed.
 *
 * @param forward the node and the values of its inputs
 * @param output value of its output
 * @param gradient gradient of the loss with respect to that output
 * @param wanted for each input, whether its gradient is needed
 * @param batched for each input, whether it has a row per sample
 * @param trained whether the gradients of the node's own parameters are needed
 */
record GradientContext(
    NodeContext forward,
    String output,
    String gradient,
    List<Boolean> wanted,
    List<Boolean> batched,
    boolean trained) {

  String input() {
    return forward.input();
  }

  String parameter(String name) {
    return forward.parameter(name);
  }

  boolean inputWanted() {
    return wanted.get(0);
  }
}
