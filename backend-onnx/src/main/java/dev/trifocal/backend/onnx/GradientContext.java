package dev.trifocal.backend.onnx;

import dev.trifocal.onnx.NodeContext;
import java.util.List;

/**
 * Where a gradient rule is applied.
 *
 * @param forward the node and the values that it read
 * @param output the value that it made
 * @param gradient of the loss for that value
 * @param wanted for each input, whether anything needs its gradient
 * @param batched for each input, whether it has a row for each sample
 * @param trained whether the node's own parameters need theirs
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
