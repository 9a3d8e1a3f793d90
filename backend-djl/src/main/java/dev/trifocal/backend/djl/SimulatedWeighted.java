package dev.trifocal.backend.djl;

import dev.trifocal.backend.djl.SimulatedArray.GradientTarget;
import dev.trifocal.backend.djl.SimulatedPrimitives.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** PyTorch's operators with weights, as far as their memory is concerned. */
record SimulatedWeighted(SimulatedTape tape) {
  /**
   * A convolution. OneDNN reorders the weight for each of its three computations. The gradient of
   * the weight comes in OneDNN's order, is reordered to PyTorch's, and then copied by {@code
   * AccumulateGrad} because its layout is not that of the weight.
   */
  SimulatedArray convolution(
      SimulatedArray x,
      SimulatedArray weight,
      BlockedWeight blocked,
      Optional<SimulatedArray> bias,
      long elements) {
    SimulatedBlock result = tape.block(elements * SimulatedArray.ELEMENT);
    tape.primitives().require(Kind.FORWARD, x, weight, elements);
    tape.workspace(blocked.forOutput());
    return tape.result(
        result,
        elements,
        inputs(x, weight, bias),
        List.of(x.block(), weight.block()),
        gradient -> {
          Optional<SimulatedBlock> ofInput =
              x.target().map(target -> inputGradient(x, weight, blocked, elements));
          weight
              .target()
              .ifPresent(target -> addWeightGradient(x, weight, blocked, elements, target));
          addSum(bias);
          ofInput.ifPresent(block -> x.target().orElseThrow().add(block));
        });
  }

  private SimulatedBlock inputGradient(
      SimulatedArray x, SimulatedArray weight, BlockedWeight blocked, long elements) {
    SimulatedBlock result = tape.block(x.size());
    tape.primitives().require(Kind.INPUT_GRADIENT, x, weight, elements);
    tape.workspace(blocked.forInputGradient());
    return result;
  }

  private void addWeightGradient(
      SimulatedArray x,
      SimulatedArray weight,
      BlockedWeight blocked,
      long elements,
      GradientTarget target) {
    SimulatedBlock computed = tape.block(blocked.forWeightGradient());
    tape.primitives().require(Kind.WEIGHT_GRADIENT, x, weight, elements);
    SimulatedBlock ordered = tape.block(weight.size());
    SimulatedBlock copy = tape.gradient(weight);
    ordered.release();
    computed.release();
    target.add(copy);
  }

  /** {@code torch.nn.functional.linear}. */
  SimulatedArray linear(
      SimulatedArray x, SimulatedArray weight, Optional<SimulatedArray> bias, long elements) {
    return tape.result(
        elements,
        inputs(x, weight, bias),
        List.of(x.block(), weight.block()),
        gradient -> {
          addSum(bias);
          tape.fresh(x, weight).run(gradient);
        });
  }

  /**
   * Batch norm with the statistics of the batch or the running ones. The backward pass has one
   * temporary array of the input's size.
   */
  SimulatedArray batchNorm(SimulatedArray x, SimulatedArray weight, SimulatedArray bias) {
    SimulatedBlock result = tape.block(x.size());
    return tape.result(
        result,
        x.elements(),
        List.of(x, weight, bias),
        List.of(
            x.block(),
            tape.constant(weight.elements()).block(),
            tape.constant(weight.elements()).block()),
        gradient -> {
          SimulatedBlock temporary = tape.block(x.size());
          Optional<SimulatedBlock> ofInput = x.target().map(target -> tape.block(x.size()));
          temporary.release();
          tape.fresh(weight, bias).run(gradient);
          ofInput.ifPresent(block -> x.target().orElseThrow().add(block));
        });
  }

  private void addSum(Optional<SimulatedArray> bias) {
    bias.ifPresent(
        values -> values.target().ifPresent(target -> target.add(tape.gradient(values))));
  }

  private static List<SimulatedArray> inputs(
      SimulatedArray x, SimulatedArray weight, Optional<SimulatedArray> bias) {
    List<SimulatedArray> result = new ArrayList<>(List.of(x, weight));
    bias.ifPresent(result::add);
    return result;
  }
}
