package dev.trifocal.backend.onnx;

import dev.trifocal.onnx.OnnxGraphBuilder;
import java.util.List;

/**
 * Gradients of softmax and of its logarithm, from their outputs.
 *
 * @param y value of the output
 * @param dy value of the gradient for it
 * @param axis of the batch along which the shares add up to one
 */
record SoftmaxGradient(OnnxGraphBuilder onnx, String y, String dy, long axis) {
  /**
   * @param axis of a sample
   */
  static SoftmaxGradient of(OnnxGraphBuilder onnx, GradientContext site, int axis) {
    return new SoftmaxGradient(onnx, site.output(), site.gradient(), axis + 1L);
  }

  /** {@code y * dy - y * sum(y * dy)}. */
  String ofShares() {
    String product = multiply(dy, y);
    return subtract(product, multiply(y, sum(product)));
  }

  /** {@code dy - exp(y) * sum(dy)}. */
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
