package dev.trifocal.trainer;

import dev.trifocal.data.Dataset;
import dev.trifocal.data.Splits;
import dev.trifocal.error.ConfigurationException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Records in a run's progress which data it reads. A run that stopped within an epoch can only
 * resume exactly if its batches hold the same samples.
 */
public final class DataProvenance {
  /** Keys of the names and digests, by split. */
  private static final Map<String, String> PARTS =
      Map.of("train", "data", "validation", "validation_data", "test", "test_data");

  private DataProvenance() {}

  /**
   * Returns the progress with the current data and batches recorded in its provenance.
   *
   * @throws ConfigurationException if the run stopped within an epoch with different data or
   *     batches
   */
  static TrainingProgress of(TrainingProgress progress, Splits data, FitOptions options) {
    Dataset train = data.train();
    Map<String, String> now = new LinkedHashMap<>();
    now.put(PARTS.get("train"), identity(train));
    now.put("augmentation", train.augmentation());
    now.put("batch_size", Integer.toString(options.batchSize()));
    now.put("accumulate", Integer.toString(options.accumulate()));
    now.put("shuffle", options.shuffle().name());
    if (progress.batch() > 0) {
      requireSame(progress, now);
    }
    Map<String, String> all = new LinkedHashMap<>(progress.provenance());
    all.putAll(now);
    data.parts().forEach((part, samples) -> all.put(PARTS.get(part), identity(samples)));
    return progress.provenance(all);
  }

  /** Returns true if a run has recorded its data. */
  public static boolean isKnown(TrainingProgress progress) {
    return progress.provenance().containsKey(PARTS.get("train"));
  }

  /**
   * Returns the names of the splits whose content differs from what the run recorded; splits that
   * were not recorded are left out. Reads all samples.
   */
  public static List<String> changed(TrainingProgress progress, Splits data) {
    Map<String, String> before = progress.provenance();
    return data.parts().keySet().stream()
        .filter(part -> before.containsKey(PARTS.get(part)))
        .filter(part -> !before.get(PARTS.get(part)).endsWith(data.parts().get(part).digest()))
        .toList();
  }

  private static String identity(Dataset data) {
    return data.name() + " " + data.digest();
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
          "this run stopped in epoch %d after %d batches and can only resume unchanged: %s"
              .formatted(progress.epoch(), progress.batch(), String.join("; ", changed)));
    }
  }
}
