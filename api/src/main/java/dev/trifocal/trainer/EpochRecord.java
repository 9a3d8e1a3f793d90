package dev.trifocal.trainer;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one epoch came to.
 *
 * @param epoch 1 for the first
 * @param metrics {@code loss} and the metrics' names, for validation, where there is any, with
 *     {@code val_} in front
 * @param lr learning rate of the epoch's last step
 * @param seconds wall time, training and validation together
 */
public record EpochRecord(int epoch, Map<String, Double> metrics, double lr, double seconds) {
  /** In front of the names of what is measured on the validation data. */
  public static final String VALIDATION = "val_";

  public EpochRecord {
    metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
  }

  /** What was measured on the training data while the weights changed. */
  public Map<String, Double> training() {
    Map<String, Double> result = new LinkedHashMap<>(metrics);
    result.keySet().removeIf(name -> name.startsWith(VALIDATION));
    return result;
  }

  /** What was measured on the validation data, without {@code val_}; empty if there are none. */
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
