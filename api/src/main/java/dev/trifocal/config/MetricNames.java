package dev.trifocal.config;

import dev.trifocal.error.ConfigurationException;
import dev.trifocal.metric.Accuracy;
import dev.trifocal.metric.Auc;
import dev.trifocal.metric.F1;
import dev.trifocal.metric.MeanIou;
import dev.trifocal.metric.Metric;
import dev.trifocal.metric.MultiLabelAccuracy;
import dev.trifocal.metric.MultiLabelF1;
import dev.trifocal.metric.MultiLabelPrecision;
import dev.trifocal.metric.MultiLabelRecall;
import dev.trifocal.metric.Precision;
import dev.trifocal.metric.Recall;
import dev.trifocal.metric.TopK;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The names of metrics in configuration: {@code accuracy,top-5,precision,recall,f1,auc,mean-iou}.
 */
public final class MetricNames {
  /** All names; {@code top-5} stands for {@code top-k} with any k. */
  public static final List<String> WORDS =
      List.of("accuracy", "top-5", "precision", "recall", "f1", "auc", "mean-iou");

  private static final List<String> MULTI_LABEL = List.of("accuracy", "precision", "recall", "f1");

  private static final String LOSS = "loss";

  private MetricNames() {}

  /**
   * Returns the named metrics for one output, in the given order.
   *
   * @throws ConfigurationException if a name is unknown or specified twice
   */
  public static List<Metric> metrics(List<String> words, String output) {
    return metrics(words, word -> metric(word, output));
  }

  /**
   * Returns the named metrics for the logits of a multi-label output, in the given order.
   *
   * @throws ConfigurationException if a name is unknown, not for multi-label data or specified
   *     twice
   */
  public static List<Metric> multiLabel(List<String> words, String output) {
    return metrics(words, word -> multiLabel(word, output));
  }

  private static List<Metric> metrics(List<String> words, Function<String, Metric> named) {
    List<Metric> metrics = new ArrayList<>();
    for (String word : words) {
      Metric metric = named.apply(word);
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

  private static Metric multiLabel(String word, String output) {
    return switch (word) {
      case "accuracy" -> new MultiLabelAccuracy(output);
      case "precision" -> new MultiLabelPrecision(output);
      case "recall" -> new MultiLabelRecall(output);
      case "f1" -> new MultiLabelF1(output);
      default ->
          throw new ConfigurationException(
              "%s is not for multi-label data; use %s"
                  .formatted(metric(word, output).name(), String.join(", ", MULTI_LABEL)));
    };
  }

  private static Metric metric(String word, String output) {
    return switch (word) {
      case "accuracy" -> new Accuracy(output);
      case "precision" -> new Precision(output);
      case "recall" -> new Recall(output);
      case "f1" -> new F1(output);
      case "auc" -> new Auc(output);
      case "mean-iou" -> new MeanIou(output);
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
