package dev.trifocal.trainer;

import dev.trifocal.data.Dataset;
import dev.trifocal.data.Splits;
import dev.trifocal.error.ConfigurationException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a training reads, kept in the progress. A training that stopped in mid-epoch can go on
 * exactly only where its batches hold the same samples.
 */
public final class DataProvenance {
  /** Part to the key of its name and digest. */
  private static final Map<String, String> PARTS =
      Map.of("train", "data", "validation", "validation_data", "test", "test_data");

  private DataProvenance() {}

  /**
   * The progress with today's data and batches written into its provenance.
   *
   * @throws ConfigurationException if it stands in mid-epoch and they were others
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

  /** Whether a training has said what it read. */
  public static boolean isKnown(TrainingProgress progress) {
    return progress.provenance().containsKey(PARTS.get("train"));
  }

  /**
   * The parts of {@code data} whose content is not what the training had under this name; of what a
   * training did not write down, none. All samples are read for it.
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
          "this training stopped in epoch %d after %d batches and can only go on as it was: %s"
              .formatted(progress.epoch(), progress.batch(), String.join("; ", changed)));
    }
  }
}
