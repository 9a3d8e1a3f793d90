package dev.trifocal.backend.djl;

import dev.trifocal.layer.ConvTranspose2d;
import dev.trifocal.layer.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@link TransposedConvolution}, as far as its memory is concerned. */
record SimulatedTransposedConvolution(
    ConvTranspose2d layer, SimulatedContext context, SimulatedTape tape) {
  SimulatedArray result() {
    Window window = layer.window();
    int height = window.stride().height();
    List<SimulatedArray> rows = new ArrayList<>();
    for (int row = 0; row < height; row++) {
      rows.add(
          row(KernelTaps.of(row, window.kernel().height(), height, window.dilation().height())));
    }
    SimulatedArray full = interleaved(rows);
    long width = full.elements() / (rowCount() * height);
    SimulatedArray cropped = operators().slice(full, width * context.node().shape().size(1));
    SimulatedArray output = operators().slice(cropped, context.elements());
    return layer.bias() ? operators().add(output, context.parameter("bias")) : output;
  }

  private SimulatedArray row(KernelTaps rows) {
    Window window = layer.window();
    int width = window.stride().width();
    List<SimulatedArray> columns = new ArrayList<>();
    for (int column = 0; column < width; column++) {
      columns.add(
          phase(
              rows,
              KernelTaps.of(column, window.kernel().width(), width, window.dilation().width())));
    }
    return interleaved(columns);
  }

  private SimulatedArray phase(KernelTaps rows, KernelTaps columns) {
    long elements = rowCount() * columnCount() * context.batch() * layer.filters();
    if (rows.count() == 0 || columns.count() == 0) {
      return tape.constant(elements);
    }
    SimulatedArray image =
        operators()
            .copy(
                context.input(),
                context.images(rowCount() + rows.reach(), columnCount() + columns.reach()));
    SimulatedArray weight = turned(rows, columns);
    BlockedWeight blocked =
        BlockedWeight.of(weight, layer.filters(), context.inputShape().size(0), layer.groups());
    return new SimulatedWeighted(tape)
        .convolution(image, weight, blocked, Optional.empty(), elements);
  }

  private SimulatedArray turned(KernelTaps rows, KernelTaps columns) {
    SimulatedArray weight = context.parameter("weight");
    long rest = weight.elements() / layer.window().kernel().height();
    long taken = rest * rows.count();
    SimulatedArray inRows = operators().slice(weight, taken);
    long both = taken / layer.window().kernel().width() * columns.count();
    SimulatedArray part = operators().slice(inRows, both);
    return operators().reordered(operators().copy(part, both));
  }

  private SimulatedArray interleaved(List<SimulatedArray> phases) {
    return phases.size() == 1 ? phases.get(0) : operators().join(phases);
  }

  private long rowCount() {
    Window window = layer.window();
    return TransposedConvolution.count(
        window.padding().top(), context.node().shape().size(1), window.stride().height());
  }

  private long columnCount() {
    Window window = layer.window();
    return TransposedConvolution.count(
        window.padding().left(), context.node().shape().size(2), window.stride().width());
  }

  private SimulatedOperators operators() {
    return new SimulatedOperators(tape);
  }
}
