package dev.trifocal.trainer;

import dev.trifocal.data.Dataset;
import dev.trifocal.error.ConfigurationException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What decides which samples a batch holds, kept in the progress: a training that stopped in
 * mid-epoch can go on exactly only where it is the same.
 */
final class DataProvenance {
  private DataProvenance() {}

  /**
   * The progress with today's data and batches written into its provenance.
   *
   * @throws ConfigurationException if it stands in mid-epoch and they were others
   */
  static TrainingProgress of(TrainingProgress progress, Dataset train, FitOptions options) {
    Map<String, String> now = new LinkedHashMap<>();
    now.put("data", train.name() + " " + train.digest());
    now.put("augmentation", train.augmentation());
    now.put("batch_size", Integer.toString(options.batchSize()));
    now.put("accumulate", Integer.toString(options.accumulate()));
    now.put("shuffle", options.shuffle().name());
    if (progress.batch() > 0) {
      requireSame(progress, now);
    }
    Map<String, String> all = new LinkedHashMap<>(progress.provenance());
    all.putAll(now);
    return progress.provenance(all);
  }

  private static void requireSame(TrainingProgress progress, Map<String, String> now) {
    Map<String, String> before = progress.provenance();
    List<String> changed =
        now.keySet().stream()
            .filter(key -> !now.get(key).equals(before.getOrDefault(key, now.get(key))))
            .map(key -> "%s was %s, but is %s".formatted(key, before.get(key), now.get(key)))
            .toList();
    if (!changed.isEmpty()) {
      throw new ConfigurationException(
          "this training stopped in epoch %d after %d batches and can only go on as it was: %s"
              .formatted(progress.epoch(), progress.batch(), String.join("; ", changed)));
    }
  }
}
