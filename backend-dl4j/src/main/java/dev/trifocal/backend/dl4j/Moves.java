package dev.trifocal.backend.dl4j;

import dev.trifocal.backend.dl4j.Framing.Frame;
import dev.trifocal.layer.Learned;
import dev.trifocal.layer.Pad2d;
import dev.trifocal.layer.Padding;
import dev.trifocal.layer.Size2d;
import dev.trifocal.layer.Slice;
import dev.trifocal.layer.Transpose;
import dev.trifocal.layer.Upsample2d;
import dev.trifocal.shape.Shape;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Layers that move elements, repeat them or leave some out. */
record Moves(Operators operators) {

  /** The same memory under another shape. */
  Traced reshape(Site site) {
    return new Traced(
        View.shaped(operators.memory().share(site.input()), site.outputSizes()),
        (gradient, sink) ->
            sink.input(View.shaped(operators.memory().share(gradient), site.inputSizes())));
  }

  Traced transpose(Transpose layer, Site site) {
    List<Integer> order = layer.order();
    int[] there = new int[order.size() + 1];
    int[] back = new int[order.size() + 1];
    for (int axis = 0; axis < order.size(); axis++) {
      there[axis + 1] = order.get(axis) + 1;
      back[order.get(axis) + 1] = axis + 1;
    }
    return new Traced(
        operators.copy(site.input().permute(there)),
        (gradient, sink) -> sink.input(operators.copy(gradient.permute(back))));
  }

  Traced slice(Slice layer, Site site) {
    int axis = layer.axis() + 1;
    INDArray part = View.part(site.input(), axis, layer.start(), layer.end(), layer.step());
    return new Traced(
        operators.copy(part),
        (gradient, sink) -> {
          INDArray result = operators.filled(0, site.inputSizes());
          View.part(result, axis, layer.start(), layer.end(), layer.step()).assign(gradient);
          sink.input(result);
        });
  }

  Traced pad2d(Pad2d layer, Site site) {
    Padding padding = layer.padding();
    if (layer.mode() != Pad2d.Mode.CONSTANT) {
      Shape image = site.node().inputShapes().get(0);
      Pad2d.Mode mode = layer.mode();
      return new Resampling(
              operators,
              AxisWeights.padded(mode, image.size(1), padding.top(), padding.bottom()),
              AxisWeights.padded(mode, image.size(2), padding.left(), padding.right()))
          .of(site.input());
    }
    Framing framing = new Framing(operators);
    Frame frame = Frame.of(padding);
    return new Traced(
        framing.framed(site.input(), frame, layer.value()),
        (gradient, sink) -> sink.input(framing.framed(gradient, frame.inverse(), 0)));
  }

  Traced upsample2d(Upsample2d layer, Site site) {
    Shape image = site.node().inputShapes().get(0);
    Size2d factor = layer.factor();
    Upsample2d.Interpolation interpolation = layer.interpolation();
    return new Resampling(
            operators,
            AxisWeights.enlarged(interpolation, image.size(1), factor.height()),
            AxisWeights.enlarged(interpolation, image.size(2), factor.width()))
        .of(site.input());
  }

  /** The values of a source, once per sample. */
  Traced learned(Learned layer, Site site) {
    INDArray one = View.shaped(site.parameter("weight"), layer.shape().batch(1).toLongs());
    return new Traced(
        operators.compute(f -> f.spread(one, site.outputSizes())),
        (gradient, sink) -> {
          if (sink.trained()) {
            sink.parameter("weight", operators.compute(f -> f.sum(gradient, 0)));
          }
        });
  }
}
