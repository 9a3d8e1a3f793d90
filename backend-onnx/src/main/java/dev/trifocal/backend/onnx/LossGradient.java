package dev.trifocal.backend.onnx;

import dev.trifocal.onnx.Attribute;
import dev.trifocal.onnx.OnnxGraphBuilder;
import dev.trifocal.train.BinaryCrossEntropy;
import dev.trifocal.train.Loss;
import dev.trifocal.train.MeanSquaredError;
import dev.trifocal.train.SoftmaxCrossEntropy;
import java.util.List;

/**
 * A loss and its gradient for the logits.
 *
 * @param output value of the logits {@code [N, ...]}
 * @param target value of the target, of the same shape
 * @param scale value of the number that the sum is multiplied by
 */
record LossGradient(OnnxGraphBuilder onnx, String output, String target, String scale)
    implements Loss.Visitor<LossGradient.Values> {

  /** The loss, without axes, and its gradient, of the logits' shape. */
  record Values(String loss, String gradient) {}

  @Override
  public Values softmaxCrossEntropy(SoftmaxCrossEntropy loss) {
    String logs = onnx.node("LogSoftmax", List.of(output), Attribute.of("axis", 1L));
    String sum = sum(onnx.node("Neg", List.of(multiply(target, logs))));
    String mass =
        onnx.node("ReduceSum", List.of(target, onnx.longs(1)), Attribute.of("keepdims", 1L));
    String shares = multiply(onnx.node("Exp", List.of(logs)), mass);
    return scaled(sum, onnx.node("Sub", List.of(shares, target)));
  }

  @Override
  public Values binaryCrossEntropy(BinaryCrossEntropy loss) {
    String softplus = onnx.node("Softplus", List.of(output));
    String sum = sum(onnx.node("Sub", List.of(softplus, multiply(target, output))));
    String shares = onnx.node("Sigmoid", List.of(output));
    return scaled(sum, onnx.node("Sub", List.of(shares, target)));
  }

  @Override
  public Values meanSquaredError(MeanSquaredError loss) {
    String difference = onnx.node("Sub", List.of(output, target));
    return scaled(sum(multiply(difference, difference)), multiply(difference, onnx.constant(2)));
  }

  private Values scaled(String sum, String gradient) {
    return new Values(multiply(sum, scale), multiply(gradient, scale));
  }

  private String sum(String value) {
    return onnx.node("ReduceSum", List.of(value), Attribute.of("keepdims", 0L));
  }

  private String multiply(String a, String b) {
    return onnx.node("Mul", List.of(a, b));
  }
}
