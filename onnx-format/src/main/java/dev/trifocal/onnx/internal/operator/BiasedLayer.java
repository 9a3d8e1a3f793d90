package dev.trifocal.onnx.internal.operator;

import dev.trifocal.error.GraphException;
import dev.trifocal.layer.Layer;
import dev.trifocal.onnx.internal.operand.DataValue;
import dev.trifocal.onnx.internal.operand.LayerFusion;
import dev.trifocal.onnx.internal.operand.NodeCall;
import dev.trifocal.onnx.internal.operand.PendingNode;
import dev.trifocal.tensor.Tensor;
import java.util.Map;

/**
 * A layer with weights, and with a bias if the node has a third input; otherwise it can be fused
 * with a bias that a later node adds.
 *
 * @param weight weight in the layout of the layer
 * @param with the layer with a bias
 * @param without the layer without a bias
 */
record BiasedLayer(NodeCall call, Tensor weight, Layer with, Layer without, PendingNode input) {
  private static final int BIAS = 2;

  DataValue flow() {
    return DataValue.of(
        call.has(BIAS)
            ? with(call.numbers(BIAS).tensor())
            : call.piece(without, Map.of("weight", weight), weightName(), input)
                .with(new LayerFusion.Unbiased(this::with)));
  }

  /** Returns the layer with a bias of one number per channel. */
  PendingNode with(Tensor bias) {
    PendingNode piece =
        call.piece(with, Map.of("weight", weight, "bias", bias), weightName(), input);
    if (bias.shape().rank() != 1 || bias.shape().size(0) != piece.shape().size(0)) {
      throw new GraphException(
          "bias %s does not match an output of %s".formatted(bias, piece.shape()));
    }
    return piece;
  }

  private String weightName() {
    return call.node().inputs().get(1);
  }
}
