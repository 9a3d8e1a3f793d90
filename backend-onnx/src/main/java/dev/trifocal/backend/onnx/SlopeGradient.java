package dev.trifocal.backend.onnx;

import dev.trifocal.layer.PRelu;
import dev.trifocal.onnx.Attribute;
import dev.trifocal.onnx.ForwardLowering;
import dev.trifocal.onnx.OnnxGraphBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** The gradient of PRelu with respect to its slopes and input. */
record SlopeGradient(OnnxGraphBuilder onnx, GradientContext site) {
  LayerGradients of(PRelu layer) {
    int rank = site.forward().node().shape().rank();
    String x = site.input();
    String dy = site.gradient();
    String above = onnx.node("Greater", List.of(x, onnx.constant(0)));
    String slopes = ForwardLowering.slopes(onnx, layer, site.forward());
    Map<String, String> parameters = new LinkedHashMap<>();
    if (site.trained()) {
      String below = onnx.node("Where", List.of(above, onnx.constant(0), multiply(dy, x)));
      parameters.put(
          site.parameter("weight"),
          layer.slopes() == 1
              ? onnx.node(
                  "Reshape", List.of(onnx.node("ReduceSum", List.of(below)), onnx.longs(-1)))
              : perChannel(
                  below, LongStream.rangeClosed(0, rank).filter(axis -> axis != 1).toArray()));
    }
    String dx = onnx.node("Where", List.of(above, dy, multiply(dy, slopes)));
    return new LayerGradients(List.of(dx), parameters);
  }

  private String perChannel(String value, long... axes) {
    return onnx.node("ReduceSum", List.of(value, onnx.longs(axes)), Attribute.of("keepdims", 0L));
  }

  private String multiply(String a, String b) {
    return onnx.node("Mul", List.of(a, b));
  }
}
