package dev.trifocal.onnx;

import dev.trifocal.layer.GroupNorm;
import dev.trifocal.layer.LocalResponseNorm;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/** Norms that are the same in training and evaluation. */
record NormLowering(OnnxGraphBuilder onnx) {
  /** Instance norm of the groups: opset 17 has no operator for groups of several channels. */
  String group(GroupNorm layer, Site site) {
    Shape sample = site.node().shape();
    if (layer.groups() == sample.size(0)) {
      return onnx.node(
          "InstanceNormalization",
          List.of(site.input(), site.parameter("weight"), site.parameter("bias")),
          Attribute.of("epsilon", layer.epsilon()));
    }
    String groups = onnx.node("Reshape", List.of(site.input(), onnx.longs(0, layer.groups(), -1)));
    String unit =
        onnx.node(
            "InstanceNormalization",
            List.of(groups, each(layer.groups(), 1), each(layer.groups(), 0)),
            Attribute.of("epsilon", layer.epsilon()));
    String back = new MoveLowering(onnx).reshapeLike(unit, site.input());
    String scaled = onnx.node("Mul", List.of(back, channels(site, "weight")));
    return onnx.node("Add", List.of(scaled, channels(site, "bias")));
  }

  String localResponse(LocalResponseNorm layer, Site site) {
    if (layer.size() % 2 == 1) {
      return onnx.node(
          "LRN",
          site.inputs(),
          Attribute.of("size", (long) layer.size()),
          Attribute.of("alpha", layer.alpha()),
          Attribute.of("beta", layer.beta()),
          Attribute.of("bias", layer.k()));
    }
    String base = ChannelWindow.of(onnx, layer, site.node().shape()).base(site.input());
    return onnx.node(
        "Div", List.of(site.input(), onnx.node("Pow", List.of(base, onnx.constant(layer.beta())))));
  }

  private String channels(Site site, String name) {
    return onnx.node(
        "Reshape",
        List.of(
            site.parameter(name),
            onnx.longs(ForwardLowering.perChannel(site.node().shape()).toLongs())));
  }

  private String each(int count, float value) {
    float[] values = new float[count];
    Arrays.fill(values, value);
    return onnx.constant(Tensor.of(Shape.of(count), values));
  }
}
