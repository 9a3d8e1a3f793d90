package dev.trifocal.onnx;

import dev.trifocal.layer.GroupNorm;
import dev.trifocal.layer.LocalResponseNorm;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/** Lowers norms that do not differ between training and evaluation. */
record NormLowering(OnnxGraphBuilder onnx) {
  /**
   * Lowers group norm to InstanceNormalization over the groups, because opset 17 has no
   * GroupNormalization.
   */
  String group(GroupNorm layer, NodeContext context) {
    Shape sample = context.node().shape();
    if (layer.groups() == sample.size(0)) {
      return onnx.node(
          "InstanceNormalization",
          List.of(context.input(), context.parameter("weight"), context.parameter("bias")),
          Attribute.of("epsilon", layer.epsilon()));
    }
    String groups =
        onnx.node("Reshape", List.of(context.input(), onnx.longs(0, layer.groups(), -1)));
    String unit =
        onnx.node(
            "InstanceNormalization",
            List.of(groups, each(layer.groups(), 1), each(layer.groups(), 0)),
            Attribute.of("epsilon", layer.epsilon()));
    String back = new ShapeOpLowering(onnx).reshapeLike(unit, context.input());
    String scaled = onnx.node("Mul", List.of(back, channels(context, "weight")));
    return onnx.node("Add", List.of(scaled, channels(context, "bias")));
  }

  String localResponse(LocalResponseNorm layer, NodeContext context) {
    if (layer.size() % 2 == 1) {
      return onnx.node(
          "LRN",
          context.inputs(),
          Attribute.of("size", (long) layer.size()),
          Attribute.of("alpha", layer.alpha()),
          Attribute.of("beta", layer.beta()),
          Attribute.of("bias", layer.k()));
    }
    String base = ChannelWindow.of(onnx, layer, context.node().shape()).base(context.input());
    return onnx.node(
        "Div",
        List.of(context.input(), onnx.node("Pow", List.of(base, onnx.constant(layer.beta())))));
  }

  private String channels(NodeContext context, String name) {
    return onnx.node(
        "Reshape",
        List.of(
            context.parameter(name),
            onnx.longs(ForwardLowering.perChannel(context.node().shape()).toLongs())));
  }

  private String each(int count, float value) {
    float[] values = new float[count];
    Arrays.fill(values, value);
    return onnx.constant(Tensor.of(Shape.of(count), values));
  }
}
