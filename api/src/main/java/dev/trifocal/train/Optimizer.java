package dev.trifocal.train;

import java.util.List;
import java.util.Map;

/**
 * Updates parameters from their gradients. Formulas are those of {@code torch.optim}; Keras, DL4J
 * and DJL differ in details such as the position of epsilon and bias correction.
 *
 * <p>{@link #update} is pure and generic in the number type: backends run it on their own handles;
 * ONNX Runtime's runs it once to record the update. It must not depend on values, for example in a
 * branch. Users can implement optimizers, which then run on every engine; an optimizer that is
 * saved must be a record whose components are numbers, booleans, strings, enums, and lists, maps,
 * optionals and records of these.
 */
public interface Optimizer {
  /** The name of the scalar that every optimizer has: the learning rate of the step. */
  String LEARNING_RATE = "learning_rate";

  /** Returns the learning rate before any schedule. */
  double learningRate();

  /** Returns this optimizer with another learning rate. */
  Optimizer learningRate(double value);

  /** Returns this optimizer with another weight decay; 0 for none. */
  Optimizer weightDecay(double value);

  /**
   * Returns the names of the arrays kept per parameter, initially zero. Names are those of PyTorch
   * and must not contain {@code /}.
   */
  List<String> slots();

  /**
   * Returns the names of the numbers that change from step to step, including {@link
   * #LEARNING_RATE}, which is the only one by default.
   */
  default List<String> scalars() {
    return List.of(LEARNING_RATE);
  }

  /**
   * Returns the values of {@link #scalars} for a step, computed on the host in double precision.
   *
   * @param step number of the step, from 1
   * @param learningRate scheduled learning rate of the step
   */
  default Map<String, Double> scalars(long step, double learningRate) {
    return Map.of(LEARNING_RATE, learningRate);
  }

  /**
   * Updates a parameter.
   *
   * @param slots slots after the previous step, by name
   * @param scalars scalars of the step, by name
   * @return the new weight and the new value of every slot, each of the parameter's shape
   */
  <T> Update<T> update(
      Arithmetic<T> math, T weight, T gradient, Map<String, T> slots, Map<String, T> scalars);

  /** A parameter and its slots after a step. */
  record Update<T>(T weight, Map<String, T> slots) {}
}
