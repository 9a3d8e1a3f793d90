package dev.trifocal.config;

import dev.trifocal.error.ConfigurationException;
import dev.trifocal.metric.Accuracy;
import dev.trifocal.metric.Auc;
import dev.trifocal.metric.F1;
import dev.trifocal.metric.Metric;
import dev.trifocal.metric.Precision;
import dev.trifocal.metric.Recall;
import dev.trifocal.metric.TopK;
import java.util.ArrayList;
import java.util.List;

/** The names of metrics in configuration: {@code accuracy,top-5,precision,recall,f1,auc}. */
public final class MetricNames {
  /** All names; {@code top-5} stands for {@code top-k} with any k. */
  public static final List<String> WORDS =
      List.of("accuracy", "top-5", "precision", "recall", "f1", "auc");

  private static final String LOSS = "loss";

  private MetricNames() {}

  /**
   * Returns the named metrics for one output, in the given order.
   *
   * @throws ConfigurationException if a name is unknown or specified twice
   */
  public static List<Metric> metrics(List<String> words, String output) {
    List<Metric> metrics = new ArrayList<>();
    for (String word : words) {
      Metric metric = metric(word, output);
      if (metrics.contains(metric)) {
        throw new ConfigurationException("'%s' is specified twice".formatted(word));
      }
      metrics.add(metric);
    }
    return List.copyOf(metrics);
  }

  /**
   * What a history calls what a word stands for: {@code top_5} for {@code top-5}; {@code loss}
   * stands for itself.
   *
   * @throws ConfigurationException if the word is no metric
   */
  public static String name(String word) {
    return word.equals(LOSS) ? LOSS : metric(word, "").name();
  }

  private static Metric metric(String word, String output) {
    return switch (word) {
      case "accuracy" -> new Accuracy(output);
      case "precision" -> new Precision(output);
      case "recall" -> new Recall(output);
      case "f1" -> new F1(output);
      case "auc" -> new Auc(output);
      default -> topK(word, output);
    };
  }

  private static Metric topK(String word, String output) {
    if (!word.matches("top-[1-9]\\d{0,5}")) {
      throw new ConfigurationException(
          "'%s' is not a metric%s; use %s, separated by commas"
              .formatted(word, Suggestion.didYouMean(word, WORDS), String.join(", ", WORDS)));
    }
    return new TopK(output, Integer.parseInt(word.substring("top-".length())));
  }
}
