package dev.trifocal.trainer;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The results of an epoch.
 *
 * @param epoch number of the epoch, from 1
 * @param metrics values by name: {@code loss} and the metrics; those of validation, if any, begin
 *     with {@code val_}
 * @param lr learning rate of the last step
 * @param seconds wall time of training and validation
 */
public record EpochRecord(int epoch, Map<String, Double> metrics, double lr, double seconds) {
  /** The prefix of values computed on the validation data. */
  public static final String VALIDATION = "val_";

  public EpochRecord {
    metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
  }

  /** Returns the values computed on the training data while the weights changed. */
  public Map<String, Double> training() {
    Map<String, Double> result = new LinkedHashMap<>(metrics);
    result.keySet().removeIf(name -> name.startsWith(VALIDATION));
    return result;
  }

  /** Returns the validation values without the prefix {@code val_}; empty if there are none. */
  public Map<String, Double> validation() {
    Map<String, Double> result = new LinkedHashMap<>();
    metrics.forEach(
        (name, value) -> {
          if (name.startsWith(VALIDATION)) {
            result.put(name.substring(VALIDATION.length()), value);
          }
        });
    return result;
  }
}
