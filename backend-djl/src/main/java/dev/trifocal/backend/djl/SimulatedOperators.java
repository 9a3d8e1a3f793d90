package dev.trifocal.backend.djl;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;

/** The operators of PyTorch that layers are composed of, as far as their memory is concerned. */
record SimulatedOperators(SimulatedTape tape) {
  /** Elements of PyTorch's indices, {@code int64}, in those of float32. */
  private static final int INDEX = 2;

  /** Returns a result of the input's size whose backward pass reads the input. */
  SimulatedArray readingInput(SimulatedArray x) {
    return tape.result(x.elements(), List.of(x), List.of(x.block()), tape.fresh(x));
  }

  /** Returns a result of the input's size whose backward pass reads the result: relu, exp. */
  SimulatedArray readingResult(SimulatedArray x) {
    SimulatedBlock result = tape.block(x.size());
    return tape.result(result, x.elements(), List.of(x), List.of(result), tape.fresh(x));
  }

  /**
   * Returns a result of the input's size whose backward pass reads the input and computes in
   * several operators.
   *
   * @param temporaries number of results in the backward pass before the gradient
   */
  SimulatedArray readingInput(SimulatedArray x, int temporaries) {
    return tape.result(x.elements(), List.of(x), List.of(x.block()), steps(x, temporaries));
  }

  /** As {@link #readingInput(SimulatedArray, int)}, but reading the result. */
  SimulatedArray readingResult(SimulatedArray x, int temporaries) {
    SimulatedBlock result = tape.block(x.size());
    return tape.result(result, x.elements(), List.of(x), List.of(result), steps(x, temporaries));
  }

  /** Raises to a power that is an array: {@code pow_backward_self}, with the result saved. */
  SimulatedArray power(SimulatedArray x) {
    SimulatedBlock result = tape.block(x.size());
    return tape.result(result, x.elements(), List.of(x), List.of(x.block(), result), steps(x, 3));
  }

  /** Adds arrays, of which the smaller one repeats. */
  SimulatedArray add(SimulatedArray a, SimulatedArray b) {
    long elements = Math.max(a.elements(), b.elements());
    return tape.result(
        elements,
        List.of(a, b),
        List.of(),
        gradient -> {
          addTerm(gradient, a, elements);
          addTerm(gradient, b, elements);
        });
  }

  private void addTerm(SimulatedBlock gradient, SimulatedArray term, long elements) {
    term.target()
        .ifPresent(
            target ->
                target.add(term.elements() == elements ? gradient.retain() : tape.gradient(term)));
  }

  /** Multiplies arrays, of which the smaller one repeats; each gradient reads the other factor. */
  SimulatedArray multiply(SimulatedArray a, SimulatedArray b) {
    long elements = Math.max(a.elements(), b.elements());
    List<SimulatedBlock> saved = new ArrayList<>();
    if (a.needsGradient()) {
      saved.add(b.block());
    }
    if (b.needsGradient()) {
      saved.add(a.block());
    }
    return tape.result(
        elements,
        List.of(a, b),
        saved,
        gradient -> {
          addFactor(a, elements, 0);
          addFactor(b, elements, 0);
        });
  }

  /** Divides arrays; {@code div_tensor_other_grad} has three temporary results. */
  SimulatedArray divide(SimulatedArray a, SimulatedArray b) {
    long elements = Math.max(a.elements(), b.elements());
    List<SimulatedBlock> saved =
        b.needsGradient() ? List.of(a.block(), b.block()) : List.of(b.block());
    return tape.result(
        elements,
        List.of(a, b),
        saved,
        gradient -> {
          addFactor(b, elements, 3);
          addFactor(a, elements, 0);
        });
  }

  /** Adds a gradient that is computed for all elements, and summed where the factor repeats. */
  private void addFactor(SimulatedArray factor, long elements, int temporaries) {
    if (!factor.needsGradient()) {
      return;
    }
    SimulatedArray.GradientTarget target = factor.target().orElseThrow();
    List<SimulatedBlock> steps = blocks(elements * SimulatedArray.ELEMENT, temporaries);
    if (factor.elements() == elements) {
      SimulatedBlock gradient = tape.gradient(factor);
      steps.forEach(SimulatedBlock::release);
      target.add(gradient);
      return;
    }
    SimulatedBlock all = tape.block(elements * SimulatedArray.ELEMENT);
    steps.forEach(SimulatedBlock::release);
    SimulatedBlock sum = tape.gradient(factor);
    all.release();
    target.add(sum);
  }

  /** Chooses elements of two arrays by a boolean array, which is made here and saved. */
  SimulatedArray where(SimulatedArray a, SimulatedArray b) {
    SimulatedBlock condition = tape.constant(a.elements() / SimulatedArray.ELEMENT + 1).block();
    return tape.result(a.elements(), List.of(a, b), List.of(condition), tape.fresh(a, b));
  }

  /** Sums or averages; the gradient repeats. */
  SimulatedArray sum(SimulatedArray x, long elements) {
    return tape.result(elements, List.of(x), List.of(), tape.pass(x));
  }

  /** Averages images; the gradient is divided after it has been repeated. */
  SimulatedArray mean(SimulatedArray x, long elements) {
    return tape.result(elements, List.of(x), List.of(), tape.fresh(x));
  }

  /** Max pools and maxima along an axis; the backward pass reads input and indices. */
  SimulatedArray maximum(SimulatedArray x, long elements) {
    SimulatedBlock result = tape.block(elements * SimulatedArray.ELEMENT);
    SimulatedBlock indices = tape.constant(elements * INDEX).block();
    return tape.result(result, elements, List.of(x), List.of(x.block(), indices), tape.fresh(x));
  }

  SimulatedArray averagePool(SimulatedArray x, long elements) {
    return tape.result(elements, List.of(x), List.of(x.block()), tape.fresh(x));
  }

  /** Copies in another shape or size: pads, resizes, reshapes what lies in another order. */
  SimulatedArray copy(SimulatedArray x, long elements) {
    return tape.result(elements, List.of(x), List.of(), tape.fresh(x));
  }

  /** Reshapes what lies in another order; the gradient is only seen in the other shape. */
  SimulatedArray reordered(SimulatedArray x) {
    return tape.result(x.elements(), List.of(x), List.of(), tape.pass(x));
  }

  /** Takes a part as a view; {@code slice_backward} fills an array of the whole size. */
  SimulatedArray slice(SimulatedArray x, long elements) {
    return tape.result(x.block().retain(), elements, List.of(x), List.of(), tape.fresh(x));
  }

  /** Repeats elements as a view, whose gradient is summed. */
  SimulatedArray broadcast(SimulatedArray x, long elements) {
    return slice(x, elements);
  }

  /** Joins arrays; the gradients are views of parts. */
  SimulatedArray join(List<SimulatedArray> arrays) {
    LongStream sizes = arrays.stream().mapToLong(SimulatedArray::elements);
    return tape.result(
        sizes.sum(), arrays, List.of(), tape.pass(arrays.toArray(SimulatedArray[]::new)));
  }

  /** Layer norm with constants instead of weights. */
  SimulatedArray layerNorm(SimulatedArray x, long groups) {
    return tape.result(
        x.elements(),
        List.of(x),
        List.of(x.block(), tape.constant(groups).block(), tape.constant(groups).block()),
        tape.fresh(x));
  }

  private SimulatedFunction.Rule steps(SimulatedArray x, int temporaries) {
    return gradient ->
        x.target()
            .ifPresent(
                target -> {
                  List<SimulatedBlock> steps = blocks(x.size(), temporaries);
                  SimulatedBlock result = tape.gradient(x);
                  Collections.reverse(steps);
                  steps.forEach(SimulatedBlock::release);
                  target.add(result);
                });
  }

  private List<SimulatedBlock> blocks(long size, int count) {
    List<SimulatedBlock> result = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      result.add(tape.block(size));
    }
    return result;
  }
}
