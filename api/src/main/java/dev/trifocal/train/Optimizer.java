package dev.trifocal.train;

import java.util.List;
import java.util.Map;

/**
 * How a gradient changes a parameter. Formulas are those of {@code torch.optim}, not those of
 * Keras, DL4J or DJL, which differ in small print (where epsilon stands, what is bias-corrected).
 *
 * <p>{@link #update} is pure and generic in the number type: backends run it once, over their own
 * handles, to record the update.
 */
public sealed interface Optimizer
    permits Sgd, Adam, AdamW, NAdam, RmsProp, Adagrad, ExponentialMovingAverage {
  /** The name of the scalar that every optimizer gets: the learning rate of the step. */
  String LEARNING_RATE = "learning_rate";

  /** The rate before any schedule. */
  double learningRate();

  /** This optimizer with another rate. */
  Optimizer learningRate(double value);

  /** This optimizer with another weight decay; 0 for none. */
  Optimizer weightDecay(double value);

  /** Names of the arrays kept per parameter, all zero at first, in PyTorch's words. */
  List<String> slots();

  /** Names of the numbers that change from step to step, {@link #LEARNING_RATE} among them. */
  List<String> scalars();

  /**
   * The values of {@link #scalars} for one step, to be computed on the host in double precision.
   *
   * @param step 1 for the first
   * @param learningRate the scheduled rate of this step
   */
  Map<String, Double> scalars(long step, double learningRate);

  /**
   * One step of one parameter.
   *
   * @param slots by name, as they were after the previous step
   * @param scalars by name
   */
  <T> Update<T> update(
      Arithmetic<T> math, T weight, T gradient, Map<String, T> slots, Map<String, T> scalars);

  /** A parameter and its slots after a step. */
  record Update<T>(T weight, Map<String, T> slots) {}
}
