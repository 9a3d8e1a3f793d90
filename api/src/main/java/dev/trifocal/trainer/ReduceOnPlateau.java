package dev.trifocal.trainer;

import dev.trifocal.error.ConfigurationException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reduces the learning rate when a value stops improving: {@code
 * torch.optim.lr_scheduler.ReduceLROnPlateau} with a relative threshold. After more than {@code
 * patience} consecutive epochs without improvement, the rate is multiplied by {@code factor}; all
 * later rates of a schedule change by the same factor.
 *
 * <p>An instance must not be used by two runs at the same time.
 */
public final class ReduceOnPlateau implements Callback {
  /** The direction of improvement. */
  public enum Mode {
    MIN,
    MAX
  }

  /** Smaller changes of the rate are skipped: PyTorch's {@code eps}. */
  private static final double LEAST_CHANGE = 1e-8;

  private static final String BEST = "best";
  private static final String BAD_EPOCHS = "bad_epochs";
  private static final String COOLDOWN = "cooldown";

  private final Rule rule;
  private Optional<Double> best = Optional.empty();
  private int badEpochs;
  private int coolingDown;

  /** The immutable settings. */
  private record Rule(
      Optional<String> monitor,
      Mode mode,
      double factor,
      int patience,
      double threshold,
      int cooldown,
      double minLearningRate) {
    private Rule {
      if (!(factor > 0 && factor < 1)) {
        throw new ConfigurationException(
            "reduce on plateau: factor must be above 0 and below 1, but is " + factor);
      }
      if (patience < 0 || cooldown < 0 || !(threshold >= 0) || !(minLearningRate >= 0)) {
        throw new ConfigurationException(
            ("reduce on plateau: patience, cooldown, threshold and minimum rate must be 0 or"
                    + " more, but are %d, %d, %s and %s")
                .formatted(patience, cooldown, threshold, minLearningRate));
      }
    }

    boolean isBetter(double value, double best) {
      return mode == Mode.MIN ? value < best * (1 - threshold) : value > best * (1 + threshold);
    }
  }

  private ReduceOnPlateau(Rule rule) {
    this.rule = rule;
  }

  /**
   * Uses PyTorch's defaults: factor 0.1, patience 10, threshold 1e-4, no cooldown. Monitors {@code
   * val_loss}, or {@code loss} without validation data.
   */
  public ReduceOnPlateau() {
    this(new Rule(Optional.empty(), Mode.MIN, 0.1, 10, 1e-4, 0, 0));
  }

  /**
   * Monitors another value of the history, such as {@code val_accuracy}.
   *
   * @param mode the direction of improvement
   */
  public ReduceOnPlateau monitor(String name, Mode mode) {
    return new ReduceOnPlateau(
        new Rule(
            Optional.of(name),
            mode,
            rule.factor,
            rule.patience,
            rule.threshold,
            rule.cooldown,
            rule.minLearningRate));
  }

  /**
   * Sets the factor of the learning rate.
   *
   * @param value factor in (0, 1)
   */
  public ReduceOnPlateau factor(double value) {
    return new ReduceOnPlateau(
        new Rule(
            rule.monitor,
            rule.mode,
            value,
            rule.patience,
            rule.threshold,
            rule.cooldown,
            rule.minLearningRate));
  }

  /** Sets the number of epochs without improvement that are tolerated, at least 0. */
  public ReduceOnPlateau patience(int epochs) {
    return new ReduceOnPlateau(
        new Rule(
            rule.monitor,
            rule.mode,
            rule.factor,
            epochs,
            rule.threshold,
            rule.cooldown,
            rule.minLearningRate));
  }

  /** Sets the relative change that counts as an improvement, at least 0. */
  public ReduceOnPlateau threshold(double share) {
    return new ReduceOnPlateau(
        new Rule(
            rule.monitor,
            rule.mode,
            rule.factor,
            rule.patience,
            share,
            rule.cooldown,
            rule.minLearningRate));
  }

  /** Sets the number of epochs that are ignored after a reduction, at least 0. */
  public ReduceOnPlateau cooldown(int epochs) {
    return new ReduceOnPlateau(
        new Rule(
            rule.monitor,
            rule.mode,
            rule.factor,
            rule.patience,
            rule.threshold,
            epochs,
            rule.minLearningRate));
  }

  /** Sets the minimum learning rate, at least 0. */
  public ReduceOnPlateau minLearningRate(double value) {
    return new ReduceOnPlateau(
        new Rule(
            rule.monitor,
            rule.mode,
            rule.factor,
            rule.patience,
            rule.threshold,
            rule.cooldown,
            value));
  }

  @Override
  public void epochEnded(EpochRecord epoch, TrainingControl control) {
    double value = value(epoch);
    if (!Double.isNaN(value) && best.map(b -> rule.isBetter(value, b)).orElse(true)) {
      best = Optional.of(value);
      badEpochs = 0;
    } else {
      badEpochs++;
    }
    if (coolingDown > 0) {
      coolingDown--;
      badEpochs = 0;
    }
    if (badEpochs > rule.patience) {
      reduce(control);
      coolingDown = rule.cooldown;
      badEpochs = 0;
    }
  }

  @Override
  public Map<String, Double> state() {
    Map<String, Double> state = new LinkedHashMap<>();
    best.ifPresent(value -> state.put(BEST, value));
    state.put(BAD_EPOCHS, (double) badEpochs);
    state.put(COOLDOWN, (double) coolingDown);
    return state;
  }

  @Override
  public void restore(Map<String, Double> state) {
    best = Optional.ofNullable(state.get(BEST));
    badEpochs = state.getOrDefault(BAD_EPOCHS, 0.0).intValue();
    coolingDown = state.getOrDefault(COOLDOWN, 0.0).intValue();
  }

  private void reduce(TrainingControl control) {
    double now = control.learningRate();
    double next = Math.max(now * rule.factor, rule.minLearningRate);
    if (now - next > LEAST_CHANGE) {
      control.learningRate(next);
    }
  }

  private double value(EpochRecord epoch) {
    Map<String, Double> metrics = epoch.metrics();
    String validated = EpochRecord.VALIDATION + MetricTotals.LOSS;
    String usual = metrics.containsKey(validated) ? validated : MetricTotals.LOSS;
    String name = rule.monitor.orElse(usual);
    Double value = metrics.get(name);
    if (value == null) {
      throw new ConfigurationException(
          "reduce on plateau monitors %s, but epochs have %s"
              .formatted(name, List.copyOf(metrics.keySet())));
    }
    return value;
  }
}
