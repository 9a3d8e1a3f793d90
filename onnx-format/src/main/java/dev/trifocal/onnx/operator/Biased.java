package dev.trifocal.onnx.operator;

import dev.trifocal.error.GraphException;
import dev.trifocal.layer.Layer;
import dev.trifocal.onnx.operand.Call;
import dev.trifocal.onnx.operand.Flow;
import dev.trifocal.onnx.operand.Piece;
import dev.trifocal.onnx.operand.Shortcut;
import dev.trifocal.tensor.Tensor;
import java.util.Map;

/**
 * A layer with weights, and with a bias if the node has one as its third input; else it is ready to
 * take the bias that a later node adds.
 *
 * @param weight as the layer wants it
 * @param with the layer with a bias
 * @param without the layer without one
 */
record Biased(Call call, Tensor weight, Layer with, Layer without, Piece input) {
  private static final int BIAS = 2;

  Flow flow() {
    return Flow.of(
        call.has(BIAS)
            ? with(call.numbers(BIAS).tensor())
            : call.piece(without, Map.of("weight", weight), weightName(), input)
                .with(new Shortcut.Unbiased(this::with)));
  }

  /** The layer with a bias of one number per channel. */
  Piece with(Tensor bias) {
    Piece piece = call.piece(with, Map.of("weight", weight, "bias", bias), weightName(), input);
    if (bias.shape().rank() != 1 || bias.shape().size(0) != piece.shape().size(0)) {
      throw new GraphException("has a bias %s for %s".formatted(bias, piece.shape()));
    }
    return piece;
  }

  private String weightName() {
    return call.node().inputs().get(1);
  }
}
