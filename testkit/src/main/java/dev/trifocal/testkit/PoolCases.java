package dev.trifocal.testkit;

import static dev.trifocal.layer.Layer.avgPool;
import static dev.trifocal.layer.Layer.globalAvgPool;
import static dev.trifocal.layer.Layer.globalMaxPool;
import static dev.trifocal.layer.Layer.maxPool;
import static dev.trifocal.layer.Layer.relu;

import dev.trifocal.graph.Value;
import dev.trifocal.layer.AvgPool2d;
import dev.trifocal.layer.LayerSpec;
import dev.trifocal.layer.MaxPool2d;
import dev.trifocal.layer.Padding;
import dev.trifocal.layer.Rounding;
import dev.trifocal.layer.Size2d;
import dev.trifocal.layer.Window;
import dev.trifocal.shape.Shape;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Pools: overlapping windows, gaps, windows that reach into or beyond padding, and ties. */
final class PoolCases {
  private PoolCases() {}

  static List<LayerCase> all() {
    return Stream.of(max(), avg(), larger()).flatMap(List::stream).toList();
  }

  private static List<LayerCase> max() {
    MaxPool2d three = maxPool(3).stride(2);
    MaxPool2d one = maxPool(3).stride(1).padding(1);
    return List.of(
        max("2", maxPool(2), 2, 6, 8),
        max("2_leaving_a_row_out", maxPool(2), 3, 7, 9).batch(3),
        max("3_stride_2", three, 2, 7, 9),
        max("3_stride_2_padded", three.padding(1), 2, 7, 8),
        max("3_stride_2_ceil", three.ceilMode(), 2, 6, 8),
        max("2_ceil", maxPool(2).ceilMode(), 2, 5, 7),
        max("2_stride_2_padded_ceil", maxPool(2).padding(1).ceilMode(), 2, 5, 6),
        max("3_stride_1_padded", one, 2, 5, 6),
        max("kernel_2x3", new MaxPool2d(rectangle()), 2, 6, 7),
        max("stride_larger_than_kernel", maxPool(2).stride(3), 2, 8, 9),
        max("dilation_2", new MaxPool2d(Window.square(2).stride(2).dilation(2)), 2, 7, 8),
        max("padding_never_wins", three.padding(1), 2, 5, 6),
        max("2_ties", maxPool(2), 2, 6, 8).batch(3),
        max("3_stride_2_ties", three, 2, 7, 9),
        max("3_stride_1_padded_ties", one, 2, 5, 6),
        max("3_stride_2_ceil_ties", three.ceilMode(), 2, 6, 8),
        max("asymmetric_padding", three.same(), 2, 6, 8),
        max("3_stride_2_asymmetric_ceil", three.window(uneven(three.window())), 2, 7, 6),
        max("3_stride_2_ceil_not_into_padding", three.window(below(three.window())), 2, 6, 8),
        max("5_stride_3_ceil", maxPool(5).stride(3).padding(2).ceilMode(), 2, 6, 8),
        max("3_stride_1_dilation_2_ties", new MaxPool2d(Window.square(3).dilation(2)), 2, 6, 7),
        afterRelu("max_pool2d_after_relu", relu -> relu.then(three)),
        afterRelu("max_pool2d_2_after_relu", relu -> relu.then(maxPool(2))),
        afterRelu(
            "max_pool2d_and_avg_pool2d_after_relu",
            relu -> relu.then(maxPool(2)).plus(relu.then(avgPool(2)))));
  }

  private static List<LayerCase> avg() {
    AvgPool2d three = avgPool(3).stride(2);
    AvgPool2d one = avgPool(3).stride(1).padding(1);
    AvgPool2d ceil = three.ceilMode();
    return List.of(
        avg("2", avgPool(2), 2, 6, 8).batch(3),
        avg("2_leaving_a_row_out", avgPool(2), 2, 7, 9),
        avg("3_stride_2", three, 2, 7, 9),
        avg("3_stride_2_padded", three.padding(1), 2, 7, 8),
        avg("3_stride_2_padded_excluded", three.padding(1).excludePad(), 2, 7, 8),
        avg("3_stride_1_padded_excluded", one.excludePad(), 2, 5, 6),
        avg("3_stride_1_padded", one, 2, 5, 6),
        avg("3_stride_2_ceil", ceil, 2, 6, 8),
        avg("3_stride_2_ceil_excluded", ceil.excludePad(), 2, 6, 8),
        avg("3_stride_2_padded_ceil", ceil.padding(1), 2, 6, 8),
        avg("3_stride_2_padded_ceil_excluded", ceil.padding(1).excludePad(), 2, 6, 8),
        avg("2_padded_ceil", avgPool(2).padding(1).ceilMode(), 2, 5, 6),
        avg("kernel_2x3", new AvgPool2d(rectangle(), true), 2, 6, 7),
        avg("asymmetric_padding", three.same(), 2, 6, 8),
        avg("3_stride_2_asymmetric_ceil", three.window(uneven(three.window())), 2, 7, 6),
        avg(
            "3_stride_2_asymmetric_ceil_excluded",
            three.excludePad().window(uneven(three.window())),
            2,
            7,
            6),
        avg("3_stride_2_ceil_not_into_padding", three.window(below(three.window())), 2, 6, 8),
        avg("5_stride_3_ceil", avgPool(5).stride(3).padding(2).ceilMode(), 2, 6, 8),
        avg("asymmetric_padding_excluded", three.excludePad().same(), 2, 6, 8),
        LayerCase.of("global_avg_pool", globalAvgPool(), 3, 5, 7).batch(3),
        LayerCase.of("global_max_pool", globalMaxPool(), 3, 5, 7).batch(3),
        LayerCase.of("global_max_pool_ties", globalMaxPool(), 3, 4, 5),
        LayerCase.of("global_max_pool_negative", globalMaxPool(), 2, 3, 4),
        afterRelu("global_max_pool_after_relu", relu -> relu.then(globalMaxPool())));
  }

  /** In ceil mode, a kernel that exceeds the image by less than a stride still has a window. */
  private static List<LayerCase> larger() {
    AvgPool2d six = avgPool(6).stride(3).padding(1).ceilMode();
    return List.of(
        max("3_stride_2_ceil_higher_than_the_image", maxPool(3).stride(2).ceilMode(), 2, 2, 7),
        max("5_stride_3_ceil_larger_than_the_image", maxPool(5).stride(3).ceilMode(), 2, 4, 3),
        max(
            "6_stride_3_padded_ceil_larger_than_the_image",
            maxPool(6).stride(3).padding(1).ceilMode(),
            2,
            2,
            3),
        max(
            "3_stride_2_dilation_2_ceil_higher_than_the_image",
            new MaxPool2d(maxPool(3).stride(2).window().dilation(2)).ceilMode(),
            2,
            4,
            6),
        avg("3_stride_2_ceil_higher_than_the_image", avgPool(3).stride(2).ceilMode(), 2, 2, 7),
        avg("5_stride_3_ceil_larger_than_the_image", avgPool(5).stride(3).ceilMode(), 2, 4, 3),
        avg("6_stride_3_padded_ceil_larger_than_the_image", six, 2, 2, 3),
        avg("6_stride_3_padded_ceil_larger_than_the_image_excluded", six.excludePad(), 2, 2, 3));
  }

  private static LayerCase max(String name, LayerSpec layer, int... sample) {
    return LayerCase.of("max_pool2d_" + name, layer, sample);
  }

  private static LayerCase avg(String name, LayerSpec layer, int... sample) {
    return LayerCase.of("avg_pool2d_" + name, layer, sample);
  }

  private static LayerCase afterRelu(String name, UnaryOperator<Value> pools) {
    return LayerCase.of(
        name, List.of(Shape.of(2, 6, 8)), in -> pools.apply(in.get(0).then(relu())));
  }

  /** A window that reaches into the padding at the bottom and beyond the image on the right. */
  private static Window uneven(Window window) {
    return window.padding(new Padding(0, 2, 1, 1)).rounding(Rounding.CEIL);
  }

  /** A window for which another one would start in the padding and is therefore omitted. */
  private static Window below(Window window) {
    return window.padding(new Padding(0, 0, 2, 2)).rounding(Rounding.CEIL);
  }

  private static Window rectangle() {
    return new Window(
        new Size2d(2, 3), new Size2d(2, 1), Padding.NONE, Size2d.square(1), Rounding.FLOOR);
  }
}
