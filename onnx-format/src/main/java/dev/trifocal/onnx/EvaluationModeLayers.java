package dev.trifocal.onnx;

import dev.trifocal.layer.BatchNorm;
import dev.trifocal.layer.Conv2d;
import dev.trifocal.layer.Dropout;
import dev.trifocal.layer.MaxPool2d;
import dev.trifocal.layer.Window;
import java.util.List;

/**
 * Lowers layers for evaluation: batch norm uses its running statistics and dropout is the identity.
 * Dropout and the momentum of batch norm are kept in the model so that it can be trained further;
 * runtimes remove dropout on loading.
 */
public record EvaluationModeLayers(OnnxGraphBuilder onnx) implements ModeDependentLayers {
  @Override
  public String conv2d(Conv2d layer, NodeContext context) {
    Window window = layer.window();
    return onnx.node(
        "Conv",
        ForwardLowering.withParameters(context, layer.bias()),
        Attribute.of("kernel_shape", window.kernel().height(), window.kernel().width()),
        Attribute.of("strides", window.stride().height(), window.stride().width()),
        Attribute.of("dilations", window.dilation().height(), window.dilation().width()),
        Attribute.of("group", (long) layer.groups()),
        PoolGeometry.pads(window.padding()));
  }

  @Override
  public String dropout(Dropout layer, NodeContext context) {
    return layer.p() == 0
        ? context.input()
        : onnx.node("Dropout", List.of(context.input(), onnx.constant(layer.p())));
  }

  @Override
  public String batchNorm(BatchNorm layer, NodeContext context) {
    return onnx.node(
        "BatchNormalization",
        List.of(
            context.input(),
            context.parameter("weight"),
            context.parameter("bias"),
            context.parameter("running_mean"),
            context.parameter("running_var")),
        Attribute.of("epsilon", layer.epsilon()),
        Attribute.of("momentum", 1 - layer.momentum()));
  }

  @Override
  public String maxPool2d(MaxPool2d layer, NodeContext context) {
    return onnx.node(
        "MaxPool",
        List.of(context.input()),
        PoolGeometry.of(layer.window(), context.node()).attributes(onnx));
  }
}
