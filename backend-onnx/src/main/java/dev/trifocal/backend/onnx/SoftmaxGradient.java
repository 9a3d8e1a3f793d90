package dev.trifocal.backend.onnx;

import dev.trifocal.onnx.OnnxGraphBuilder;
import java.util.List;

/**
 * Gradients of softmax and log-softmax, computed from their outputs.
 *
 * @param y output
 * @param dy gradient of the output
 * @param axis axis of the batch along which the probabilities sum to 1
 */
record SoftmaxGradient(OnnxGraphBuilder onnx, String y, String dy, long axis) {
  /**
   * Returns the gradient for a node.
   *
   * @param axis axis of a sample
   */
  static SoftmaxGradient of(OnnxGraphBuilder onnx, GradientContext site, int axis) {
    return new SoftmaxGradient(onnx, site.output(), site.gradient(), axis + 1L);
  }

  /** Returns the gradient of softmax, {@code y * dy - y * sum(y * dy)}. */
  String ofShares() {
    String product = multiply(dy, y);
    return subtract(product, multiply(y, sum(product)));
  }

  /** Returns the gradient of log-softmax, {@code dy - exp(y) * sum(dy)}. */
  String ofLogarithms() {
    return subtract(dy, multiply(onnx.node("Exp", List.of(y)), sum(dy)));
  }

  private String sum(String value) {
    return onnx.node("ReduceSum", List.of(value, onnx.longs(axis)));
  }

  private String multiply(String a, String b) {
    return onnx.node("Mul", List.of(a, b));
  }

  private String subtract(String a, String b) {
    return onnx.node("Sub", List.of(a, b));
  }
}
