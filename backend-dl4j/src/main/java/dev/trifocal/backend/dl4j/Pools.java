package dev.trifocal.backend.dl4j;

import dev.trifocal.backend.dl4j.PadCrop.Frame;
import dev.trifocal.layer.AvgPool2d;
import dev.trifocal.layer.MaxPool2d;
import dev.trifocal.layer.Padding;
import dev.trifocal.layer.Rounding;
import dev.trifocal.layer.Size2d;
import dev.trifocal.layer.Window;
import dev.trifocal.shape.Shape;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Pools. Images are first padded or cropped to exactly the area that the windows cover, so that
 * ND4J handles neither padding nor ceil mode nor leftover rows.
 */
record Pools(Nd4jOperators operators) {

  ForwardResult maxPool2d(MaxPool2d layer, NodeContext context) {
    return layer.window().dilation().equals(Size2d.square(1))
        ? pool("maxpool2d", layer.window(), context, Double.NEGATIVE_INFINITY)
        : dilatedMaxPool(layer.window(), context);
  }

  ForwardResult globalMaxPool(NodeContext context) {
    Shape image = context.node().inputShapes().get(0);
    Size2d all = new Size2d(image.size(1), image.size(2));
    Size2d one = Size2d.square(1);
    Window window = new Window(all, all, Padding.NONE, one, Rounding.FLOOR);
    return pool("maxpool2d", window, context, Double.NEGATIVE_INFINITY);
  }

  ForwardResult globalAvgPool(NodeContext context) {
    long[] sizes = context.inputSizes();
    double share = 1.0 / (sizes[2] * sizes[3]);
    return new ForwardResult(
        operators.compute(f -> f.mean(context.input(), 2, 3)),
        (gradient, sink) ->
            sink.input(operators.compute(f -> f.spread(f.multiply(gradient, share), sizes))));
  }

  /**
   * Runs average pooling; ND4J divides by the kernel size, which is corrected where fewer elements
   * count.
   */
  ForwardResult avgPool2d(AvgPool2d layer, NodeContext context) {
    ForwardResult pooled = pool("avgpool2d", layer.window(), context, 0);
    float[] factors = AverageDivisors.factors(layer, context.node());
    if (factors.length == 0) {
      return pooled;
    }
    Shape output = context.node().shape();
    INDArray map =
        HostTransfer.array(operators.memory(), factors, 1, 1, output.size(1), output.size(2));
    INDArray value = operators.compute(f -> f.multiply(pooled.value(), map));
    operators.release(pooled.value());
    return new ForwardResult(
        value,
        (gradient, sink) -> {
          INDArray scaled = operators.compute(f -> f.multiply(gradient, map));
          pooled.pullback().pull(scaled, sink);
          operators.release(scaled);
        },
        List.of(map));
  }

  private ForwardResult pool(String operator, Window window, NodeContext context, double outside) {
    PadCrop framing = new PadCrop(operators);
    Frame frame = frame(window, context);
    int[] geometry = WindowGeometry.ofPool(window);
    INDArray framed = framing.framed(context.input(), frame, outside);
    INDArray value =
        operators.call(operator, framed).integers(geometry).into(context.outputSizes());
    operators.release(framed);
    return new ForwardResult(
        value,
        (gradient, sink) -> {
          INDArray again = framing.framed(context.input(), frame, outside);
          INDArray ofFramed =
              operators
                  .call(operator + "_bp", again, gradient)
                  .integers(geometry)
                  .into(again.shape());
          sink.input(framing.framed(ofFramed, frame.inverse(), 0));
          operators.release(again, ofFramed);
        });
  }

  private ForwardResult dilatedMaxPool(Window window, NodeContext context) {
    PadCrop framing = new PadCrop(operators);
    Frame frame = frame(window, context);
    DilatedMaxPool pool = new DilatedMaxPool(operators, window);
    INDArray framed = framing.framed(context.input(), frame, Double.NEGATIVE_INFINITY);
    INDArray value = pool.forward(framed, context.outputSizes());
    return new ForwardResult(
        value,
        (gradient, sink) -> {
          INDArray ofFramed = pool.backward(framed, value, gradient);
          sink.input(framing.framed(ofFramed, frame.inverse(), 0));
          operators.release(ofFramed);
        },
        List.of(framed));
  }

  private static Frame frame(Window window, NodeContext context) {
    Shape image = context.node().inputShapes().get(0);
    Size2d covered = window.covered(context.node().shape());
    Padding padding = window.padding();
    return new Frame(
        padding.top(),
        padding.left(),
        covered.height() - image.size(1) - padding.top(),
        covered.width() - image.size(2) - padding.left());
  }
}
