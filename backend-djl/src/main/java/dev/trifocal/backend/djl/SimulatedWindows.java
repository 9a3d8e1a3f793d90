package dev.trifocal.backend.djl;

import dev.trifocal.layer.AvgPool2d;
import dev.trifocal.layer.Conv2d;
import dev.trifocal.layer.Padding;
import dev.trifocal.layer.Size2d;
import dev.trifocal.layer.Window;
import java.util.Collections;

/**
 * {@link Convolution}, {@link MaxPool} and {@link AvgPool}, as far as their memory is concerned.
 */
record SimulatedWindows(SimulatedContext context, SimulatedTape tape) {
  SimulatedArray convolution(Conv2d layer) {
    Padding padding = layer.window().padding();
    SimulatedArray image = context.input();
    if (!WindowGeometry.isEven(padding)) {
      long height = context.inputShape().size(1) + padding.top() + (long) padding.bottom();
      long width = context.inputShape().size(2) + padding.left() + (long) padding.right();
      image = operators().copy(image, context.images(height, width));
    }
    SimulatedArray weight = context.parameter("weight");
    BlockedWeight blocked =
        BlockedWeight.of(weight, layer.filters(), context.inputShape().size(0), layer.groups());
    return new SimulatedWeighted(tape)
        .convolution(image, weight, blocked, context.bias(), context.elements());
  }

  SimulatedArray maxPool(Window window) {
    if (!window.dilation().equals(Size2d.square(1))) {
      return dilated(window);
    }
    SimulatedArray image = WindowGeometry.suitsPool(window) ? context.input() : covered(window);
    return operators().maximum(image, context.elements());
  }

  private SimulatedArray dilated(Window window) {
    SimulatedArray image = covered(window);
    int kernel = window.kernel().height() * window.kernel().width();
    SimulatedArray element =
        operators().slice(operators().slice(image, context.elements()), context.elements());
    SimulatedArray all = operators().join(Collections.nCopies(kernel, element));
    return operators().maximum(all, context.elements());
  }

  SimulatedArray averagePool(AvgPool2d layer) {
    Window window = layer.window();
    boolean padCounts = layer.countIncludePad() || window.padding().equals(Padding.NONE);
    if (padCounts && WindowGeometry.suitsPool(window)) {
      return operators().averagePool(context.input(), context.elements());
    }
    SimulatedArray overAll = operators().averagePool(covered(window), context.elements());
    return operators().multiply(overAll, tape.constant(context.node().shape().size(1)));
  }

  private SimulatedArray covered(Window window) {
    Size2d size = window.covered(context.node().shape());
    return operators().copy(context.input(), context.images(size.height(), size.width()));
  }

  private SimulatedOperators operators() {
    return new SimulatedOperators(tape);
  }
}
