package dev.trifocal.trainer;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one epoch came to.
 *
 * @param epoch 1 for the first
 * @param metrics {@code loss} and the metrics' names, for validation with {@code val_} in front
 * @param lr learning rate of the epoch's last step
 * @param seconds wall time, training and validation together
 */
public record EpochRecord(int epoch, Map<String, Double> metrics, double lr, double seconds) {
  public EpochRecord {
    metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
  }
}
