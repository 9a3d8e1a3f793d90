package dev.trifocal.testkit;

import static dev.trifocal.layer.Layer.conv;

import dev.trifocal.layer.Conv2d;
import dev.trifocal.layer.LayerSpec;
import dev.trifocal.layer.Padding;
import dev.trifocal.layer.Rounding;
import dev.trifocal.layer.Size2d;
import dev.trifocal.layer.Window;
import java.util.List;
import java.util.stream.Stream;

/** Convolutions: strides, paddings, dilations, groups, and more channels than a SIMD vector. */
final class ConvCases {
  private ConvCases() {}

  static List<LayerCase> all() {
    return Stream.of(narrow(), wide()).flatMap(List::stream).toList();
  }

  private static List<LayerCase> narrow() {
    return List.of(
        of("1x1", conv(4, 1), 3, 5, 6),
        of("1x1_stride_2", conv(4, 1).stride(2), 3, 7, 6),
        of("3x3", conv(4, 3), 3, 5, 7).batch(3),
        of("3x3_padded", conv(4, 3).padding(1), 3, 5, 7),
        of("3x3_stride_2", conv(3, 3).stride(2), 2, 6, 9),
        of("3x3_stride_2_padded", conv(4, 3).stride(2).padding(1), 3, 7, 8),
        of("5x5_padded", conv(3, 5).padding(2), 2, 6, 7),
        of("5x5_stride_2", conv(3, 5).stride(2).padding(1), 2, 8, 11),
        of("7x7_stride_2", conv(3, 7).stride(2).padding(3), 2, 9, 12),
        of("asymmetric_padding", conv(3, 3).padding(2, 0, 1, 3), 2, 5, 6),
        of("same_stride_2", conv(4, 3).stride(2).same(), 3, 6, 8),
        of("dilation_2", conv(3, 3).dilation(2), 2, 7, 8),
        of("dilation_2_stride_2_padded", conv(3, 3).stride(2).padding(2).dilation(2), 2, 8, 9),
        of("groups_2", conv(6, 3).padding(1).groups(2), 4, 5, 6),
        of("groups_3_stride_2", conv(3, 3).stride(2).padding(1).groups(3), 6, 6, 7),
        of("groups_2_1x1", conv(6, 1).groups(2), 4, 3, 5),
        of("depthwise", conv(4, 3).padding(1).groups(4), 4, 5, 6).batch(3),
        of("depthwise_stride_2", conv(3, 3).stride(2).padding(1).groups(3), 3, 6, 7),
        of("depthwise_same_stride_2", conv(3, 3).stride(2).groups(3).same(), 3, 6, 8),
        of("depthwise_multiplier_2", conv(6, 3).groups(3), 3, 5, 6),
        of("depthwise_5x5_without_bias", conv(3, 5).padding(2).groups(3).withoutBias(), 3, 6, 5),
        of("depthwise_dilation_2", conv(3, 3).padding(2).dilation(2).groups(3), 3, 6, 7),
        of("without_bias", conv(4, 3).padding(1).withoutBias(), 3, 5, 6),
        of("kernel_3x1", rectangular(3, new Size2d(3, 1), new Size2d(1, 1), Padding.NONE), 2, 6, 5),
        of(
            "kernel_1x5_stride_2x3",
            rectangular(3, new Size2d(1, 5), new Size2d(2, 3), new Padding(0, 2, 0, 2)),
            2,
            5,
            11),
        of("stride_larger_than_kernel", conv(3, 2).stride(3), 2, 8, 9),
        of(
            "kernel_of_the_whole_input",
            rectangular(5, new Size2d(4, 6), new Size2d(1, 1), Padding.NONE),
            2,
            4,
            6),
        of("one_channel_one_filter", conv(1, 3).padding(1), 1, 5, 6),
        of("33_channels", conv(17, 3).padding(1), 33, 4, 5),
        of("33_filters_stride_2", conv(33, 3).stride(2).padding(1), 5, 6, 7),
        of("33_channels_1x1", conv(18, 1), 33, 3, 4).batch(3),
        of("frozen", conv(3, 3).stride(2).padding(1), 2, 5, 6).freeze());
  }

  /** Cases with enough channels and filters for engines to choose another algorithm. */
  private static List<LayerCase> wide() {
    Conv2d three = conv(9, 3);
    Conv2d padded = three.padding(1);
    Size2d unit = Size2d.square(1);
    Size2d square = Size2d.square(3);
    return List.of(
        wide("1x1_stride_2", conv(9, 1).stride(2), 5, 6),
        wide("1x1_padded", conv(9, 1).padding(1, 0, 0, 1), 3, 4),
        wide("3x3", three, 4, 6),
        wide("3x3_padded", padded, 4, 5).batch(3),
        wide("3x3_stride_2_padded", padded.stride(2), 5, 6),
        wide(
            "3x3_stride_1x2_padded",
            rectangular(9, square, new Size2d(1, 2), Padding.all(1)),
            4,
            5),
        wide(
            "3x3_stride_2x1_padded",
            rectangular(9, square, new Size2d(2, 1), Padding.all(1)),
            5,
            4),
        wide("asymmetric_padding", three.padding(2, 0, 1, 3), 4, 5),
        wide("more_padding_than_kernel", conv(9, 2).padding(2, 1, 2, 0), 3, 4),
        wide("same_stride_2", three.stride(2).same(), 4, 6),
        wide("dilation_2_padded", three.padding(2).dilation(2), 5, 6),
        wide("dilation_2_stride_2", padded.stride(2).dilation(2), 6, 7),
        wide("5x5_padded", conv(9, 5).padding(2), 4, 5),
        wide(
            "kernel_3x1_padded",
            rectangular(9, new Size2d(3, 1), unit, new Padding(1, 0, 1, 0)),
            5,
            4),
        wide("kernel_1x3", rectangular(9, new Size2d(1, 3), unit, Padding.NONE), 3, 6),
        wide("stride_larger_than_kernel", conv(9, 2).stride(3), 5, 7),
        wide(
            "kernel_of_the_whole_input",
            rectangular(9, new Size2d(3, 4), unit, Padding.NONE),
            3,
            4),
        of("wide_groups_2", conv(18, 3).padding(1).groups(2), 16, 4, 3));
  }

  private static LayerCase wide(String name, LayerSpec layer, int height, int width) {
    return of("wide_" + name, layer, 8, height, width);
  }

  private static LayerCase of(String name, LayerSpec layer, int... sample) {
    return LayerCase.of("conv2d_" + name, layer, sample);
  }

  private static Conv2d rectangular(int filters, Size2d kernel, Size2d stride, Padding padding) {
    return conv(filters, 1)
        .window(new Window(kernel, stride, padding, Size2d.square(1), Rounding.FLOOR));
  }
}
