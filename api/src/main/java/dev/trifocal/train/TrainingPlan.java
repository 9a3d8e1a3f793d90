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
 * What a training does. What it leaves alone is said by the graph: {@link Graph#freeze}.
 *
 * @param clipping what happens to gradients before the optimizer sees them
 * @param decay what the optimizer's weight decay applies to
 * @param rates parts that learn at a multiple of the rate; where several hold a parameter, the one
 *     with the longest path counts
 * @param start steps of the training that belong to an earlier phase, 0 for none: the schedule and
 *     the optimizer's bias corrections begin anew after them, as with a new {@code torch.optim}
 *     optimizer; such a phase starts from a checkpoint without slots
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
   * @throws ConfigurationException if two rate groups have one path, a slot's name cannot be saved,
   *     or {@code start} is negative
   */
  public TrainingPlan {
    objectives = List.copyOf(objectives);
    rates = List.copyOf(rates);
    Set<String> prefixes = new HashSet<>();
    for (ParameterGroup group : rates) {
      if (!prefixes.add(group.prefix())) {
        throw new ConfigurationException("there are two rate groups for " + group.prefix());
      }
    }
    for (String slot : optimizer.slots()) {
      if (slot.isBlank() || slot.contains("/")) {
        throw new ConfigurationException(
            "%s names the slot '%s'; a name must not be blank or contain '/'"
                .formatted(optimizer.getClass().getName(), slot));
      }
    }
    if (start < 0) {
      throw new ConfigurationException("a plan's start must be 0 or more, but is " + start);
    }
  }

  /** Without clipping, with decay of all parameters, at one rate, from the first step. */
  public TrainingPlan(List<Objective> objectives, Optimizer optimizer, Schedule schedule) {
    this(objectives, optimizer, schedule, new Clipping.None(), WeightDecayScope.ALL, List.of(), 0);
  }

  /** One loss on the only output of a graph, at a constant rate. */
  public static TrainingPlan of(Loss loss, Optimizer optimizer) {
    return new TrainingPlan(
        List.of(new Objective(Graph.OUTPUT, loss, 1)), optimizer, new Schedule.Constant());
  }

  /** The objectives that evaluation measures: those that are not auxiliary. */
  public List<Objective> evaluated() {
    return objectives.stream().filter(one -> one.role() == Objective.Role.MAIN).toList();
  }

  public TrainingPlan objectives(List<Objective> others) {
    return new TrainingPlan(others, optimizer, schedule, clipping, decay, rates, start);
  }

  public TrainingPlan optimizer(Optimizer other) {
    return new TrainingPlan(objectives, other, schedule, clipping, decay, rates, start);
  }

  /** This plan with an average of the weights, see {@link ExponentialMovingAverage}. */
  public TrainingPlan ema(double averageDecay) {
    return optimizer(new ExponentialMovingAverage(optimizer, averageDecay));
  }

  /** Whether an average of the weights is kept, which is then what is evaluated. */
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
   * @throws ConfigurationException naming the rate groups whose path the graph does not have
   */
  public TrainingPlan requireParts(Graph graph) {
    List<String> strangers =
        rates.stream().map(ParameterGroup::prefix).filter(prefix -> !graph.has(prefix)).toList();
    if (!strangers.isEmpty()) {
      throw new ConfigurationException(
          "%s: there is nothing at %s to give a learning rate of its own"
              .formatted(graph.name(), String.join(", ", strangers)));
    }
    return this;
  }

  /**
   * The rate of one step, before factors of groups.
   *
   * @param step steps taken so far in the whole training, earlier phases included
   * @param total steps that the whole training will take
   * @throws ConfigurationException if the schedule's factor is negative or not finite
   */
  public double learningRate(long step, long total) {
    double factor = schedule.factor(step - start, total - start);
    if (!(factor >= 0) || Double.isInfinite(factor)) {
      throw new ConfigurationException(
          "the schedule %s gives the factor %s for step %d of %d; it must be 0 or more and finite"
              .formatted(schedule.getClass().getName(), factor, step - start, total - start));
    }
    return optimizer.learningRate() * factor;
  }

  /** Names of the numbers that change from step to step, for {@link #update}. */
  public List<String> scalars() {
    return groups().names();
  }

  /**
   * The values of {@link #scalars()} for one step, to be computed on the host.
   *
   * @param step of the whole training, 1 for the first
   * @param learningRate the scheduled rate of this step
   * @throws ConfigurationException if the step belongs to an earlier phase
   */
  public Map<String, Double> scalars(long step, double learningRate) {
    if (step <= start) {
      throw new ConfigurationException(
          "a plan that starts after step %d cannot take step %d".formatted(start, step));
    }
    return groups().values(step - start, learningRate);
  }

  /**
   * One step of one parameter: the optimizer's formula with the parameter's rate, and without
   * weight decay where it is exempt. Backends call this and no optimizer.
   *
   * @param parameter full name
   * @param shape of the parameter
   * @param slots by name, as they were after the previous step
   * @param scalars by name, all of {@link #scalars()}
   * @return values that are none of those given, and different ones for weight and slots
   * @throws ConfigurationException if the optimizer gives other slots than it names
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
