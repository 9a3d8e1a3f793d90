package dev.trifocal.backend.dl4j;

import dev.trifocal.backend.dl4j.PadCrop.Frame;
import dev.trifocal.layer.Concat;
import dev.trifocal.layer.LearnableInput;
import dev.trifocal.layer.Pad2d;
import dev.trifocal.layer.Padding;
import dev.trifocal.layer.Size2d;
import dev.trifocal.layer.Slice;
import dev.trifocal.layer.Transpose;
import dev.trifocal.layer.Upsample2d;
import dev.trifocal.shape.Shape;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Layers that move, join, repeat or select elements. */
record ShapeOps(Nd4jOperators operators) {

  /** Returns the same memory in another shape. */
  ForwardResult reshape(NodeContext context) {
    return new ForwardResult(
        ArrayViews.shaped(operators.memory().share(context.input()), context.outputSizes()),
        (gradient, sink) ->
            sink.input(
                ArrayViews.shaped(operators.memory().share(gradient), context.inputSizes())));
  }

  ForwardResult transpose(Transpose layer, NodeContext context) {
    List<Integer> order = layer.order();
    int[] there = new int[order.size() + 1];
    int[] back = new int[order.size() + 1];
    for (int axis = 0; axis < order.size(); axis++) {
      there[axis + 1] = order.get(axis) + 1;
      back[order.get(axis) + 1] = axis + 1;
    }
    return new ForwardResult(
        operators.copy(context.input().permute(there)),
        (gradient, sink) -> sink.input(operators.copy(gradient.permute(back))));
  }

  ForwardResult slice(Slice layer, NodeContext context) {
    int axis = layer.axis() + 1;
    INDArray part =
        ArrayViews.part(context.input(), axis, layer.start(), layer.end(), layer.step());
    return new ForwardResult(
        operators.copy(part),
        (gradient, sink) -> {
          INDArray result = operators.filled(0, context.inputSizes());
          operators.assign(
              ArrayViews.part(result, axis, layer.start(), layer.end(), layer.step()), gradient);
          sink.input(result);
        });
  }

  ForwardResult concat(Concat layer, NodeContext context) {
    int axis = layer.axis() + 1;
    INDArray value =
        operators
            .call("concat", context.inputs().toArray(INDArray[]::new))
            .integers(axis)
            .into(context.outputSizes());
    return new ForwardResult(
        value,
        (gradient, sink) -> {
          long start = 0;
          for (int i = 0; i < context.inputs().size(); i++) {
            long end = start + context.inputs().get(i).size(axis);
            if (sink.wants(i)) {
              sink.input(i, operators.copy(ArrayViews.part(gradient, axis, start, end, 1)));
            }
            start = end;
          }
        });
  }

  ForwardResult pad2d(Pad2d layer, NodeContext context) {
    Padding padding = layer.padding();
    if (layer.mode() != Pad2d.Mode.CONSTANT) {
      Shape image = context.node().inputShapes().get(0);
      Pad2d.Mode mode = layer.mode();
      return new SeparableResize(
              operators,
              AxisWeights.padded(mode, image.size(1), padding.top(), padding.bottom()),
              AxisWeights.padded(mode, image.size(2), padding.left(), padding.right()))
          .of(context.input());
    }
    PadCrop framing = new PadCrop(operators);
    Frame frame = Frame.of(padding);
    return new ForwardResult(
        framing.framed(context.input(), frame, layer.value()),
        (gradient, sink) -> sink.input(framing.framed(gradient, frame.inverse(), 0)));
  }

  ForwardResult upsample2d(Upsample2d layer, NodeContext context) {
    Shape image = context.node().inputShapes().get(0);
    Size2d factor = layer.factor();
    Upsample2d.Interpolation interpolation = layer.interpolation();
    return new SeparableResize(
            operators,
            AxisWeights.enlarged(interpolation, image.size(1), factor.height()),
            AxisWeights.enlarged(interpolation, image.size(2), factor.width()))
        .of(context.input());
  }

  /** Repeats the values of a learnable input for each sample. */
  ForwardResult learned(LearnableInput layer, NodeContext context) {
    INDArray one = ArrayViews.shaped(context.parameter("weight"), layer.shape().batch(1).toLongs());
    return new ForwardResult(
        operators.compute(f -> f.spread(one, context.outputSizes())),
        (gradient, sink) -> {
          if (sink.trained()) {
            sink.parameter("weight", operators.compute(f -> f.sum(gradient, 0)));
          }
        });
  }
}
