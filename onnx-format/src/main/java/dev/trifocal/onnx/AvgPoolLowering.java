package dev.trifocal.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import dev.trifocal.layer.AvgPool2d;
import dev.trifocal.layer.Padding;
import dev.trifocal.layer.Rounding;
import java.util.ArrayList;
import java.util.List;

/**
 * Lowers average pools. Runtimes disagree on the divisor of a partial last window that overlaps
 * counted padding; in that case the padding is written as explicit zeros around the image and the
 * pool itself has none.
 */
record AvgPoolLowering(OnnxGraphBuilder onnx, AvgPool2d layer, NodeContext context) {
  String lowered() {
    Padding own = layer.window().padding();
    boolean padded = !own.equals(Padding.NONE);
    if (layer.window().rounding() == Rounding.FLOOR) {
      return pool(context.input(), own, layer.countIncludePad());
    }
    return layer.countIncludePad() && padded
        ? pool(new ShapeOpLowering(onnx).zeros(context.input(), own), Padding.NONE, false)
        : pool(context.input(), own, false);
  }

  private String pool(String x, Padding padding, boolean counted) {
    PoolGeometry geometry = PoolGeometry.of(layer.window(), context.node());
    List<AttributeProto> attributes =
        new ArrayList<>(geometry.kernel(geometry.spelledOut(onnx), padding));
    attributes.add(Attribute.of("count_include_pad", counted ? 1L : 0L));
    return onnx.node("AveragePool", List.of(x), attributes.toArray(AttributeProto[]::new));
  }
}
