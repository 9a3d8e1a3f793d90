package dev.trifocal.onnx;

import dev.trifocal.layer.Activation;
import dev.trifocal.layer.Add;
import dev.trifocal.layer.BatchNorm;
import dev.trifocal.layer.Concat;
import dev.trifocal.layer.Conv2d;
import dev.trifocal.layer.Dropout;
import dev.trifocal.layer.MaxPool2d;
import dev.trifocal.layer.Multiply;
import java.util.List;

/**
 * Lowers layers for evaluation: batch norm uses its running statistics and dropout is the identity.
 * Dropout and the momentum of batch norm are kept in the model so that it can be trained further;
 * runtimes remove dropout on loading.
 */
public record EvaluationModeLayers(OnnxGraphBuilder onnx) implements ModeDependentLayers {
  @Override
  public String conv2d(Conv2d layer, NodeContext context) {
    return onnx.node(
        "Conv",
        ForwardLowering.withParameters(context, layer.bias()),
        ConvolutionAttributes.of(layer.window(), layer.groups()));
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

  @Override
  public String activation(Activation layer, NodeContext context) {
    return layer.function().accept(new ActivationLowering(onnx, context.input()));
  }

  @Override
  public String add(Add layer, NodeContext context) {
    return onnx.node(context.inputs().size() == 2 ? "Add" : "Sum", context.inputs());
  }

  @Override
  public String multiply(Multiply layer, NodeContext context) {
    return onnx.node("Mul", context.inputs());
  }

  @Override
  public String concat(Concat layer, NodeContext context) {
    return onnx.node("Concat", context.inputs(), Attribute.of("axis", layer.axis() + 1L));
  }
}
