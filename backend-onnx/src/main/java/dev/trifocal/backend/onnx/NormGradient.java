package dev.trifocal.backend.onnx;

import dev.trifocal.layer.GroupNorm;
import dev.trifocal.layer.LocalResponseNorm;
import dev.trifocal.onnx.Attribute;
import dev.trifocal.onnx.ChannelWindow;
import dev.trifocal.onnx.ForwardLowering;
import dev.trifocal.onnx.OnnxGraphBuilder;
import dev.trifocal.shape.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** Gradients of norms that do not differ between training and evaluation. */
record NormGradient(OnnxGraphBuilder onnx, GradientContext site) {

  LayerGradients ofGroup(GroupNorm layer) {
    Shape sample = site.forward().node().shape();
    String groups = groups(site.input(), layer);
    String centred = onnx.node("Sub", List.of(groups, mean(groups)));
    String variance = mean(multiply(centred, centred));
    String deviation =
        onnx.node(
            "Sqrt", List.of(onnx.node("Add", List.of(variance, onnx.constant(layer.epsilon())))));
    String unit = onnx.node("Div", List.of(centred, deviation));
    Map<String, String> parameters = new LinkedHashMap<>();
    if (site.trained()) {
      String x = new ShapeOpGradient(onnx, sample).reshaped(unit);
      parameters.put(site.parameter("weight"), perChannel(multiply(site.gradient(), x), sample));
      parameters.put(site.parameter("bias"), perChannel(site.gradient(), sample));
    }
    if (!site.inputWanted()) {
      return new LayerGradients(List.of(LayerGradients.UNWANTED), parameters);
    }
    String weight =
        onnx.node(
            "Reshape",
            List.of(
                site.parameter("weight"),
                onnx.longs(ForwardLowering.perChannel(sample).toLongs())));
    String dy = groups(multiply(site.gradient(), weight), layer);
    String slope = multiply(unit, mean(multiply(dy, unit)));
    String rest = onnx.node("Sub", List.of(onnx.node("Sub", List.of(dy, mean(dy))), slope));
    String dx = onnx.node("Div", List.of(rest, deviation));
    return new LayerGradients(List.of(new ShapeOpGradient(onnx, sample).reshaped(dx)), parameters);
  }

  /**
   * With the base s: {@code dx = dy s^-beta - 2 alpha beta / size * x * sum(dy x s^(-beta-1))},
   * summed over the channels whose window contains x.
   */
  String ofLocalResponse(LocalResponseNorm layer) {
    ChannelWindow window = ChannelWindow.of(onnx, layer, site.forward().node().shape());
    String base = window.base(site.input());
    String direct =
        multiply(site.gradient(), onnx.node("Pow", List.of(base, onnx.constant(-layer.beta()))));
    String share = onnx.node("Div", List.of(multiply(direct, site.input()), base));
    String others = multiply(window.reversed().mean(share), site.input());
    String scaled = multiply(others, onnx.constant(2 * layer.alpha() * layer.beta()));
    return onnx.node("Sub", List.of(direct, scaled));
  }

  private String groups(String value, GroupNorm layer) {
    return onnx.node("Reshape", List.of(value, onnx.longs(0, layer.groups(), -1)));
  }

  private String mean(String value) {
    return onnx.reduce("ReduceMean", value, 2);
  }

  private String perChannel(String value, Shape sample) {
    long[] axes = LongStream.rangeClosed(0, sample.rank()).filter(axis -> axis != 1).toArray();
    return onnx.node("ReduceSum", List.of(value, onnx.longs(axes)), Attribute.of("keepdims", 0L));
  }

  private String multiply(String a, String b) {
    return onnx.node("Mul", List.of(a, b));
  }
}
