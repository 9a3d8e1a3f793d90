package dev.trifocal.train;

import dev.trifocal.error.ConfigurationException;
import dev.trifocal.graph.Graph;
import dev.trifocal.shape.Shape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How a graph is trained. Frozen parts are specified by the graph, see {@link Graph#freeze}.
 *
 * @param clipping gradient clipping before the optimizer
 * @param decay parameters to which the optimizer's weight decay applies
 * @param rates parts with a multiple of the learning rate; if several contain a parameter, the one
 *     with the longest path applies
 * @param start number of steps of earlier phases, 0 for none; the schedule and the optimizer's bias
 *     correction start anew after them, like a new {@code torch.optim} optimizer, and the phase
 *     starts from a checkpoint without slots
 */
public record TrainingPlan(
    List<Objective> objectives,
    Optimizer optimizer,
    Schedule schedule,
    Clipping clipping,
    WeightDecayScope decay,
    List<ParameterGroup> rates,
    long start) {

  /**
   * @throws ConfigurationException if two rate groups have the same path, a slot has an invalid
   *     name, or {@code start} is negative
   */
  public TrainingPlan {
    objectives = List.copyOf(objectives);
    rates = List.copyOf(rates);
    Set<String> prefixes = new HashSet<>();
    for (ParameterGroup group : rates) {
      if (!prefixes.add(group.prefix())) {
        throw new ConfigurationException("two rate groups have the path " + group.prefix());
      }
    }
    for (String slot : optimizer.slots()) {
      if (slot.isBlank() || slot.contains("/")) {
        throw new ConfigurationException(
            "%s declares the slot '%s'; names must not be blank or contain '/'"
                .formatted(optimizer.getClass().getName(), slot));
      }
    }
    if (start < 0) {
      throw new ConfigurationException("a plan's start must be 0 or more, but is " + start);
    }
  }

  /** Creates a plan without clipping, rate groups and earlier phases; all weights decay. */
  public TrainingPlan(List<Objective> objectives, Optimizer optimizer, Schedule schedule) {
    this(objectives, optimizer, schedule, new Clipping.None(), WeightDecayScope.ALL, List.of(), 0);
  }

  /** Returns a plan with one loss on the only output of a graph and a constant learning rate. */
  public static TrainingPlan of(Loss loss, Optimizer optimizer) {
    return new TrainingPlan(
        List.of(new Objective(Graph.OUTPUT, loss, 1)), optimizer, new Schedule.Constant());
  }

  /** Returns the objectives used in evaluation: those that are not auxiliary. */
  public List<Objective> evaluated() {
    return objectives.stream().filter(one -> one.role() == Objective.Role.MAIN).toList();
  }

  public TrainingPlan objectives(List<Objective> others) {
    return new TrainingPlan(others, optimizer, schedule, clipping, decay, rates, start);
  }

  public TrainingPlan optimizer(Optimizer other) {
    return new TrainingPlan(objectives, other, schedule, clipping, decay, rates, start);
  }

  /** Returns this plan with averages of the weights, see {@link ExponentialMovingAverage}. */
  public TrainingPlan ema(double averageDecay) {
    return optimizer(new ExponentialMovingAverage(optimizer, averageDecay));
  }

  /** Returns true if averages of the weights are kept, which are then evaluated. */
  public boolean averagesWeights() {
    return optimizer.slots().contains(ExponentialMovingAverage.SLOT);
  }

  public TrainingPlan schedule(Schedule other) {
    return new TrainingPlan(objectives, optimizer, other, clipping, decay, rates, start);
  }

  public TrainingPlan clipping(Clipping other) {
    return new TrainingPlan(objectives, optimizer, schedule, other, decay, rates, start);
  }

  public TrainingPlan decay(WeightDecayScope other) {
    return new TrainingPlan(objectives, optimizer, schedule, clipping, other, rates, start);
  }

  public TrainingPlan rates(List<ParameterGroup> others) {
    return new TrainingPlan(objectives, optimizer, schedule, clipping, decay, others, start);
  }

  public TrainingPlan start(long step) {
    return new TrainingPlan(objectives, optimizer, schedule, clipping, decay, rates, step);
  }

  /**
   * Checks that a graph has the parts of all rate groups.
   *
   * @throws ConfigurationException if it lacks some; the message names them
   */
  public TrainingPlan requireParts(Graph graph) {
    List<String> strangers =
        rates.stream().map(ParameterGroup::prefix).filter(prefix -> !graph.has(prefix)).toList();
    if (!strangers.isEmpty()) {
      throw new ConfigurationException(
          "%s: has no trainable part %s for a rate group"
              .formatted(graph.name(), String.join(", ", strangers)));
    }
    return this;
  }

  /**
   * Returns the learning rate of a step, before the factors of rate groups.
   *
   * @param step number of steps taken so far in the whole run, including earlier phases
   * @param total total number of steps of the run
   * @throws ConfigurationException if the schedule's factor is negative or not finite
   */
  public double learningRate(long step, long total) {
    double factor = schedule.factor(step - start, total - start);
    if (!(factor >= 0) || Double.isInfinite(factor)) {
      throw new ConfigurationException(
          "the schedule %s returns the factor %s for step %d of %d; it must be finite and at least 0"
              .formatted(schedule.getClass().getName(), factor, step - start, total - start));
    }
    return optimizer.learningRate() * factor;
  }

  /** Returns the names of the numbers that change from step to step, for {@link #update}. */
  public List<String> scalars() {
    return groups().names();
  }

  /**
   * Returns the values of {@link #scalars()} for a step, computed on the host.
   *
   * @param step number of the step in the whole run, from 1
   * @param learningRate scheduled learning rate of the step
   * @throws ConfigurationException if the step belongs to an earlier phase
   */
  public Map<String, Double> scalars(long step, double learningRate) {
    if (step <= start) {
      throw new ConfigurationException(
          "the plan starts after step %d and cannot take step %d".formatted(start, step));
    }
    return groups().values(step - start, learningRate);
  }

  /**
   * Updates a parameter with its own learning rate, and without weight decay if it is exempt.
   * Backends call this method instead of the optimizer's.
   *
   * @param parameter full name of the parameter
   * @param shape shape of the parameter
   * @param slots slots after the previous step, by name
   * @param scalars all of {@link #scalars()}, by name
   * @return new values, distinct from the arguments and from each other
   * @throws ConfigurationException if the optimizer returns other slots than it declares
   */
  public <T> Optimizer.Update<T> update(
      Arithmetic<T> math,
      String parameter,
      Shape shape,
      T weight,
      T gradient,
      Map<String, T> slots,
      Map<String, T> scalars) {
    Optimizer own = decay.covers(shape) ? optimizer : optimizer.weightDecay(0);
    Optimizer.Update<T> update =
        own.update(math, weight, gradient, slots, groups().of(parameter, scalars));
    List<T> given = new ArrayList<>(slots.values());
    given.add(weight);
    given.add(gradient);
    given.addAll(scalars.values());
    return new DistinctResults<>(optimizer, math, given).of(update);
  }

  private GroupedScalars groups() {
    return new GroupedScalars(optimizer, rates);
  }
}
