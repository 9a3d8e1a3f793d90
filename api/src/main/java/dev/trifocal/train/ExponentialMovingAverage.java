package dev.trifocal.train;

import dev.trifocal.error.ConfigurationException;
import dev.trifocal.weights.Weights;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An optimizer that also keeps an exponential moving average of the weights: {@code ema += (1 -
 * decay) * (w - ema)} after each step, in the slot {@value #SLOT}. The average starts with the
 * weights after the first step, as in {@code torch.optim.swa_utils.AveragedModel} with {@code
 * get_ema_multi_avg_fn(decay)}. Every engine computes it within the step.
 *
 * <p>Only parameters are averaged, as with {@code use_buffers=False}: the averaged network uses the
 * running statistics of the live one.
 *
 * @param optimizer optimizer that updates the weights
 * @param decay decay in [0, 1); 0.999 averages over about 1,000 steps
 */
public record ExponentialMovingAverage(Optimizer optimizer, double decay) implements Optimizer {
  /** The slot that holds the average. */
  public static final String SLOT = "ema";

  private static final String RATE = "ema_rate";

  /**
   * @throws ConfigurationException if the decay is out of range, or the optimizer averages already
   */
  public ExponentialMovingAverage {
    OptimizerChecks.requireDecay("exponential moving average", "the decay", decay);
    if (optimizer.slots().contains(SLOT)) {
      throw new ConfigurationException("the optimizer already averages the weights: " + optimizer);
    }
  }

  /**
   * Returns a checkpoint with averages, which are initialised with the weights if there are none.
   * Otherwise, a run that adds averaging later would start from zeros.
   */
  public static Checkpoint begun(Checkpoint checkpoint) {
    if (checkpoint.slots().containsKey(SLOT)) {
      return checkpoint;
    }
    Map<String, Weights> slots = new LinkedHashMap<>(checkpoint.slots());
    slots.put(SLOT, checkpoint.weights().only(checkpoint.graph().trainableShapes().keySet()));
    return new Checkpoint(
        checkpoint.graph(), checkpoint.weights(), slots, checkpoint.step(), checkpoint.seed());
  }

  @Override
  public double learningRate() {
    return optimizer.learningRate();
  }

  @Override
  public ExponentialMovingAverage learningRate(double value) {
    return new ExponentialMovingAverage(optimizer.learningRate(value), decay);
  }

  @Override
  public ExponentialMovingAverage weightDecay(double value) {
    return new ExponentialMovingAverage(optimizer.weightDecay(value), decay);
  }

  @Override
  public List<String> slots() {
    return with(optimizer.slots(), SLOT);
  }

  @Override
  public List<String> scalars() {
    return with(optimizer.scalars(), RATE);
  }

  @Override
  public Map<String, Double> scalars(long step, double learningRate) {
    Map<String, Double> result = new LinkedHashMap<>(optimizer.scalars(step, learningRate));
    result.put(RATE, step == 1 ? 1 : 1 - decay);
    return result;
  }

  @Override
  public <T> Update<T> update(
      Arithmetic<T> math, T weight, T gradient, Map<String, T> slots, Map<String, T> scalars) {
    Update<T> update = optimizer.update(math, weight, gradient, slots, scalars);
    T before = slots.get(SLOT);
    T change = math.multiply(scalars.get(RATE), math.subtract(update.weight(), before));
    Map<String, T> all = new LinkedHashMap<>(update.slots());
    all.put(SLOT, math.add(before, change));
    return new Update<>(update.weight(), all);
  }

  private static List<String> with(List<String> names, String another) {
    List<String> all = new ArrayList<>(names);
    all.add(another);
    return List.copyOf(all);
  }
}
