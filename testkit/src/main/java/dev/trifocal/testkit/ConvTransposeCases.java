package dev.trifocal.testkit;

import static dev.trifocal.layer.Layer.convTranspose;

import dev.trifocal.layer.ConvTranspose2d;
import dev.trifocal.layer.LayerSpec;
import dev.trifocal.layer.Padding;
import dev.trifocal.layer.Rounding;
import dev.trifocal.layer.Size2d;
import dev.trifocal.layer.Window;
import java.util.List;

/** Transposed convolutions: overlaps, gaps, padding and output padding. */
final class ConvTransposeCases {
  private ConvTransposeCases() {}

  static List<LayerCase> all() {
    ConvTranspose2d three = convTranspose(4, 3);
    ConvTranspose2d four = convTranspose(3, 4).stride(2);
    Window rectangle =
        new Window(
            new Size2d(3, 1),
            new Size2d(1, 2),
            new Padding(1, 0, 0, 0),
            Size2d.square(1),
            Rounding.FLOOR);
    return List.of(
        of("2x2_stride_2", convTranspose(4, 2).stride(2), 3, 4, 5),
        of("3x3", three, 3, 4, 6).batch(3),
        of("3x3_padded", three.padding(1), 3, 5, 4),
        of("3x3_stride_2_output_padding", three.stride(2).padding(1).outputPadding(1), 3, 4, 5),
        of("4x4_stride_2_padded", four.padding(1), 2, 3, 5),
        of("5x5_stride_3", convTranspose(2, 5).stride(3), 3, 3, 4),
        of(
            "5x5_stride_3_output_padding_1x2",
            convTranspose(2, 5).stride(3).padding(2).outputPadding(new Size2d(1, 2)),
            3,
            3,
            4),
        of("asymmetric_padding", four.padding(2, 0, 1, 3), 2, 3, 4),
        of(
            "asymmetric_padding_output_padding",
            three.stride(2).padding(0, 2, 1, 0).outputPadding(new Size2d(1, 0)),
            2,
            4,
            3),
        of("groups_2", convTranspose(6, 3).stride(2).padding(1).groups(2), 4, 3, 5),
        of("groups_2_1x1", convTranspose(6, 1).groups(2), 4, 3, 5),
        of("depthwise_stride_2", convTranspose(3, 4).stride(2).padding(1).groups(3), 3, 3, 4),
        of("depthwise_multiplier_2", convTranspose(6, 3).groups(3), 3, 4, 3),
        of("dilation_2", convTranspose(3, 3).dilation(2), 2, 4, 5),
        of(
            "dilation_3_stride_2_output_padding_2",
            convTranspose(2, 2).stride(2).padding(1).dilation(3).outputPadding(2),
            2,
            3,
            4),
        of("without_bias", convTranspose(4, 3).stride(2).withoutBias(), 3, 3, 4),
        of("kernel_3x1_stride_1x2", convTranspose(3, 1).window(rectangle), 2, 5, 4),
        of("1x1_stride_2", convTranspose(4, 1).stride(2), 3, 4, 5),
        of("stride_larger_than_kernel", convTranspose(3, 2).stride(3), 2, 3, 4),
        of("one_pixel", convTranspose(5, 3), 4, 1, 2),
        of("33_channels_stride_2", convTranspose(17, 3).stride(2).padding(1), 33, 3, 4),
        of("frozen", four.padding(1), 2, 3, 4).freeze());
  }

  private static LayerCase of(String name, LayerSpec layer, int... sample) {
    return LayerCase.of("conv_transpose2d_" + name, layer, sample);
  }
}
