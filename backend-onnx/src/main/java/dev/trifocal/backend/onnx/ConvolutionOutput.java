package dev.trifocal.backend.onnx;

import dev.trifocal.layer.Conv2d;
import dev.trifocal.onnx.EvaluationModeLayers;
import dev.trifocal.onnx.NodeContext;
import dev.trifocal.onnx.OnnxGraphBuilder;
import java.util.Optional;

/** The output of a convolution in a training step. There are three forms; this class chooses. */
record ConvolutionOutput(
    OnnxGraphBuilder onnx, NchwcValues values, Conv2d layer, NodeContext context, int batch) {
  /** The forms of the computation. */
  enum Form {
    NCHWC,
    IM2COL,
    CONV
  }

  /** Returns the fastest form for this layer. */
  Form fastest() {
    if (applies(Form.NCHWC) && !im2Col().fasterThanBlocks()) {
      return Form.NCHWC;
    }
    return im2Col().gathersFaster() ? Form.IM2COL : Form.CONV;
  }

  /** Returns whether a form is valid for this layer. */
  boolean applies(Form form) {
    return switch (form) {
      case NCHWC -> nchwc().applies();
      case IM2COL -> im2Col().applies();
      case CONV -> true;
    };
  }

  /** Returns the output {@code [N, O, H', W']}. */
  String of(Form form) {
    String weight = context.parameter("weight");
    Optional<String> bias =
        layer.bias() ? Optional.of(context.parameter("bias")) : Optional.empty();
    return switch (form) {
      case NCHWC -> nchwc().product(context.input(), weight, bias);
      case IM2COL -> im2Col().product(context.input(), weight, bias);
      case CONV -> new EvaluationModeLayers(onnx).conv2d(layer, context);
    };
  }

  private NchwcConvolution nchwc() {
    return new NchwcConvolution(
        onnx, values, layer, context.node().inputShapes().get(0), context.node().shape());
  }

  private Im2ColConvolution im2Col() {
    return new Im2ColConvolution(
        onnx, layer, context.node().inputShapes().get(0), context.node().shape(), batch);
  }
}
