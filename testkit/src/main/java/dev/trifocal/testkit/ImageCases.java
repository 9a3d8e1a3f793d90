package dev.trifocal.testkit;

import static dev.trifocal.layer.Layer.conv;
import static dev.trifocal.layer.Layer.pad;
import static dev.trifocal.layer.Layer.upsample;
import static dev.trifocal.layer.Layer.upsampleBilinear;

import dev.trifocal.layer.LayerSpec;
import dev.trifocal.layer.Pad2d;
import dev.trifocal.layer.Pad2d.Mode;
import dev.trifocal.layer.Padding;
import dev.trifocal.layer.Size2d;
import dev.trifocal.layer.Upsample2d;
import dev.trifocal.layer.Upsample2d.Interpolation;
import dev.trifocal.shape.Shape;
import java.util.List;
import java.util.stream.Stream;

/** Padding and upsampling of images. */
final class ImageCases {
  private ImageCases() {}

  static List<LayerCase> all() {
    return Stream.of(pads(), upsamples()).flatMap(List::stream).toList();
  }

  private static List<LayerCase> pads() {
    return List.of(
        pads("zeros", pad(1, 2, 0, 3), 3, 4, 5),
        pads("zeros_on_one_side", pad(0, 0, 0, 2), 2, 3, 4).batch(3),
        pads("constant", mode(Mode.CONSTANT, -0.75, 2, 0, 1, 1), 2, 4, 3),
        pads("reflect", mode(Mode.REFLECT, 0, 1, 2, 3, 0), 3, 4, 5),
        pads("reflect_on_one_side", mode(Mode.REFLECT, 0, 0, 3, 0, 0), 2, 3, 4),
        pads("reflect_as_far_as_it_goes", mode(Mode.REFLECT, 0, 2, 3, 2, 3), 2, 3, 4),
        pads("edge", mode(Mode.EDGE, 0, 1, 2, 3, 0), 3, 4, 5),
        pads("edge_beyond_the_size", mode(Mode.EDGE, 0, 0, 4, 5, 1), 2, 2, 3),
        pads("nothing", pad(0, 0, 0, 0), 2, 3, 4),
        LayerCase.of(
            "pad2d_reflect_conv2d",
            List.of(Shape.of(2, 5, 4)),
            in ->
                in.get(0)
                    .then(mode(Mode.REFLECT, 0, 1, 1, 1, 1))
                    .then(LayerCase.LAYER, conv(3, 3))));
  }

  private static List<LayerCase> upsamples() {
    return List.of(
        upsamples("nearest_2", upsample(2), 3, 3, 4).batch(3),
        upsamples("nearest_3", upsample(3), 2, 2, 3),
        upsamples("nearest_2x3", by(2, 3, Interpolation.NEAREST), 2, 4, 3),
        upsamples("nearest_1x2", by(1, 2, Interpolation.NEAREST), 2, 3, 4),
        upsamples("bilinear_2", upsampleBilinear(2), 3, 3, 4).batch(3),
        upsamples("bilinear_3", upsampleBilinear(3), 2, 3, 4),
        upsamples("bilinear_4", upsampleBilinear(4), 2, 3, 2),
        upsamples("bilinear_2x3", by(2, 3, Interpolation.BILINEAR), 2, 4, 3),
        upsamples("bilinear_3x1", by(3, 1, Interpolation.BILINEAR), 2, 4, 3),
        upsamples("bilinear_of_a_column", upsampleBilinear(2), 3, 4, 1),
        LayerCase.of(
            "upsample2d_conv2d",
            List.of(Shape.of(2, 3, 4)),
            in -> in.get(0).then(upsample(2)).then(LayerCase.LAYER, conv(3, 3).padding(1))));
  }

  private static Pad2d mode(Mode mode, double value, int top, int left, int bottom, int right) {
    return new Pad2d(new Padding(top, left, bottom, right), mode, value);
  }

  private static Upsample2d by(int height, int width, Interpolation interpolation) {
    return new Upsample2d(new Size2d(height, width), interpolation);
  }

  private static LayerCase pads(String name, LayerSpec layer, int... sample) {
    return LayerCase.of("pad2d_" + name, layer, sample);
  }

  private static LayerCase upsamples(String name, LayerSpec layer, int... sample) {
    return LayerCase.of("upsample2d_" + name, layer, sample);
  }
}
