package dev.trifocal.backend.dl4j;

import dev.trifocal.backend.dl4j.Framing.Frame;
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
 * Pools. Images are framed first to exactly what the windows cover, so that ND4J sees neither
 * padding nor ceil mode nor rows left over.
 */
record Pools(Operators operators) {

  Traced maxPool2d(MaxPool2d layer, Site site) {
    return layer.window().dilation().equals(Size2d.square(1))
        ? pool("maxpool2d", layer.window(), site, Double.NEGATIVE_INFINITY)
        : dilatedMaxPool(layer.window(), site);
  }

  Traced globalMaxPool(Site site) {
    Shape image = site.node().inputShapes().get(0);
    Size2d all = new Size2d(image.size(1), image.size(2));
    Size2d one = Size2d.square(1);
    Window window = new Window(all, all, Padding.NONE, one, Rounding.FLOOR);
    return pool("maxpool2d", window, site, Double.NEGATIVE_INFINITY);
  }

  Traced globalAvgPool(Site site) {
    long[] sizes = site.inputSizes();
    double share = 1.0 / (sizes[2] * sizes[3]);
    return new Traced(
        operators.compute(f -> f.mean(site.input(), 2, 3)),
        (gradient, sink) ->
            sink.input(operators.compute(f -> f.spread(f.multiply(gradient, share), sizes))));
  }

  /** ND4J divides by the kernel's size; where fewer elements count, that is put right. */
  Traced avgPool2d(AvgPool2d layer, Site site) {
    Traced pooled = pool("avgpool2d", layer.window(), site, 0);
    float[] factors = AverageDivisors.factors(layer, site.node());
    if (factors.length == 0) {
      return pooled;
    }
    Shape output = site.node().shape();
    INDArray map = Host.array(operators.memory(), factors, 1, 1, output.size(1), output.size(2));
    INDArray value = operators.compute(f -> f.multiply(pooled.value(), map));
    operators.release(pooled.value());
    return new Traced(
        value,
        (gradient, sink) -> {
          INDArray scaled = operators.compute(f -> f.multiply(gradient, map));
          pooled.pullback().pull(scaled, sink);
          operators.release(scaled);
        },
        List.of(map));
  }

  private Traced pool(String operator, Window window, Site site, double outside) {
    Framing framing = new Framing(operators);
    Frame frame = frame(window, site);
    int[] geometry = Geometry.ofPool(window);
    INDArray framed = framing.framed(site.input(), frame, outside);
    INDArray value = operators.call(operator, framed).integers(geometry).into(site.outputSizes());
    operators.release(framed);
    return new Traced(
        value,
        (gradient, sink) -> {
          INDArray again = framing.framed(site.input(), frame, outside);
          INDArray ofFramed =
              operators
                  .call(operator + "_bp", again, gradient)
                  .integers(geometry)
                  .into(again.shape());
          sink.input(framing.framed(ofFramed, frame.inverse(), 0));
          operators.release(again, ofFramed);
        });
  }

  private Traced dilatedMaxPool(Window window, Site site) {
    Framing framing = new Framing(operators);
    Frame frame = frame(window, site);
    DilatedMaxPool pool = new DilatedMaxPool(operators, window);
    INDArray framed = framing.framed(site.input(), frame, Double.NEGATIVE_INFINITY);
    INDArray value = pool.forward(framed, site.outputSizes());
    return new Traced(
        value,
        (gradient, sink) -> {
          INDArray ofFramed = pool.backward(framed, value, gradient);
          sink.input(framing.framed(ofFramed, frame.inverse(), 0));
          operators.release(ofFramed);
        },
        List.of(framed));
  }

  private static Frame frame(Window window, Site site) {
    Shape image = site.node().inputShapes().get(0);
    Size2d covered = window.covered(site.node().shape());
    Padding padding = window.padding();
    return new Frame(
        padding.top(),
        padding.left(),
        covered.height() - image.size(1) - padding.top(),
        covered.width() - image.size(2) - padding.left());
  }
}
