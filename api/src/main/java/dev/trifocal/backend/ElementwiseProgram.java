package dev.trifocal.backend;

import dev.trifocal.shape.Shape;
import dev.trifocal.train.Arithmetic;
import dev.trifocal.train.Optimizer;
import dev.trifocal.train.TrainingPlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The update of one parameter, as a list of operators on registers; each register is written once.
 * It is compiled to one loop, whereas an engine that runs the operators one by one writes the
 * result of each to memory.
 *
 * @param arrays registers that hold an element of an array: the weight, its gradient, and the slots
 *     in the order of the optimizer
 * @param scalars registers of the step's scalars, by name
 * @param constants values of constant registers
 * @param setup operators on scalars and constants only, which are the same for all elements
 * @param body operators on arrays
 * @param results registers of the new weight and of the new slots
 * @param registers number of registers
 */
public record ElementwiseProgram(
    List<Integer> arrays,
    Map<String, Integer> scalars,
    Map<Integer, Float> constants,
    List<Instruction> setup,
    List<Instruction> body,
    List<Integer> results,
    int registers) {

  /** One operator; {@code b} is {@code a} for operators with one operand. */
  public record Instruction(ElementwiseOperator operator, int a, int b, int result) {}

  /** Returns which array takes a result: the gradient, the second array, takes none. */
  static int arrayOfResult(int result) {
    return result == 0 ? 0 : result + 1;
  }

  /**
   * Records the update of a parameter.
   *
   * @return the program; empty if the update is not elementwise, because it sums up elements
   */
  public static Optional<ElementwiseProgram> of(TrainingPlan plan, String parameter, Shape shape) {
    Recorder recorder = new Recorder();
    Register weight = recorder.array();
    Register gradient = recorder.array();
    Map<String, Register> slots = new LinkedHashMap<>();
    plan.optimizer().slots().forEach(slot -> slots.put(slot, recorder.array()));
    Map<String, Register> scalars = new LinkedHashMap<>();
    plan.scalars().forEach(name -> scalars.put(name, recorder.scalar()));
    Optimizer.Update<Register> update =
        plan.update(recorder, parameter, shape, weight, gradient, slots, scalars);
    if (!recorder.elementwise) {
      return Optional.empty();
    }
    List<Integer> arrays = new ArrayList<>(List.of(weight.register(), gradient.register()));
    List<Integer> results = new ArrayList<>(List.of(update.weight().register()));
    slots.forEach(
        (slot, value) -> {
          arrays.add(value.register());
          results.add(update.slots().get(slot).register());
        });
    Map<String, Integer> inputs = new LinkedHashMap<>();
    scalars.forEach((name, value) -> inputs.put(name, value.register()));
    return Optional.of(
        new ElementwiseProgram(
            List.copyOf(arrays),
            inputs,
            recorder.constants,
            recorder.setup,
            recorder.body,
            List.copyOf(results),
            recorder.registers));
  }

  /**
   * A register; one object for each result, as the optimizer's results are compared by identity.
   */
  private record Register(int register, boolean isArray) {}

  /** Records the operators of an optimizer. */
  private static final class Recorder implements Arithmetic<Register> {
    private final Map<Integer, Float> constants = new LinkedHashMap<>();
    private final List<Instruction> setup = new ArrayList<>();
    private final List<Instruction> body = new ArrayList<>();
    private int registers;
    private boolean elementwise = true;

    Register array() {
      return new Register(registers++, true);
    }

    Register scalar() {
      return new Register(registers++, false);
    }

    @Override
    public Register constant(double value) {
      Register result = scalar();
      constants.put(result.register(), (float) value);
      return result;
    }

    @Override
    public Register add(Register a, Register b) {
      return record(ElementwiseOperator.ADD, a, b);
    }

    @Override
    public Register subtract(Register a, Register b) {
      return record(ElementwiseOperator.SUBTRACT, a, b);
    }

    @Override
    public Register multiply(Register a, Register b) {
      return record(ElementwiseOperator.MULTIPLY, a, b);
    }

    @Override
    public Register divide(Register a, Register b) {
      return record(ElementwiseOperator.DIVIDE, a, b);
    }

    @Override
    public Register sqrt(Register a) {
      return record(ElementwiseOperator.SQRT, a, a);
    }

    @Override
    public Register exp(Register a) {
      return record(ElementwiseOperator.EXP, a, a);
    }

    @Override
    public Register power(Register a, Register b) {
      return record(ElementwiseOperator.POWER, a, b);
    }

    @Override
    public Register abs(Register a) {
      return record(ElementwiseOperator.ABS, a, a);
    }

    @Override
    public Register sign(Register a) {
      return record(ElementwiseOperator.SIGN, a, a);
    }

    @Override
    public Register minimum(Register a, Register b) {
      return record(ElementwiseOperator.MINIMUM, a, b);
    }

    @Override
    public Register maximum(Register a, Register b) {
      return record(ElementwiseOperator.MAXIMUM, a, b);
    }

    @Override
    public Register sum(Register a) {
      elementwise = false;
      return scalar();
    }

    private Register record(ElementwiseOperator operator, Register a, Register b) {
      boolean array = a.isArray() || b.isArray();
      Register result = array ? array() : scalar();
      (array ? body : setup)
          .add(new Instruction(operator, a.register(), b.register(), result.register()));
      return result;
    }
  }
}
