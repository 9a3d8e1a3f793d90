package dev.trifocal.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.trifocal.error.DataException;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Against scikit-learn; {@code src/test/python/golden_multi_label.py} says how the cases are made.
 */
class MultiLabelScoresTest {
  private static final String OUT = "output";
  private static final Tensor LABELS = Tensor.of(Shape.of(2, 2), 1f, 0f, 0f, 1f);

  /** One case of the file. */
  record Golden(
      int classes,
      List<MultiLabelScores.ScoredSample> samples,
      List<String[]> each,
      double[] means) {
    @Override
    public String toString() {
      return "%d samples of %d classes".formatted(samples.size(), classes);
    }

    /** Logits or labels as a tensor. */
    Tensor tensor(boolean logits) {
      float[] values = new float[samples.size() * classes];
      for (int i = 0; i < values.length; i++) {
        MultiLabelScores.ScoredSample sample = samples.get(i / classes);
        values[i] = logits ? sample.logits()[i % classes] : sample.labels()[i % classes] ? 1 : 0;
      }
      return Tensor.of(Shape.of(samples.size(), classes), values);
    }
  }

  static List<Golden> cases() throws IOException {
    List<Golden> cases = new ArrayList<>();
    try (InputStream stream = MultiLabelScoresTest.class.getResourceAsStream("multi-label.txt")) {
      Iterator<String[]> lines =
          new String(stream.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .map(line -> line.split(" "))
              .iterator();
      while (lines.hasNext()) {
        String[] sizes = lines.next();
        int classes = Integer.parseInt(sizes[1]);
        List<MultiLabelScores.ScoredSample> samples = new ArrayList<>();
        for (int i = 0; i < Integer.parseInt(sizes[0]); i++) {
          samples.add(sample(lines.next(), classes));
        }
        List<String[]> each = IntStream.range(0, classes).mapToObj(k -> lines.next()).toList();
        String[] means = lines.next();
        cases.add(
            new Golden(
                classes,
                samples,
                each,
                List.of(means).stream().mapToDouble(Double::parseDouble).toArray()));
      }
    }
    return cases;
  }

  private static MultiLabelScores.ScoredSample sample(String[] line, int classes) {
    float[] logits = new float[classes];
    boolean[] labels = new boolean[classes];
    for (int k = 0; k < classes; k++) {
      logits[k] = Float.parseFloat(line[k]);
      labels[k] = line[classes + k].equals("1");
    }
    return new MultiLabelScores.ScoredSample(logits, labels);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void scores_of_each_class_are_scikit_learns(Golden golden) {
    MultiLabelScores scores = MultiLabelScores.of(golden.classes(), golden.samples());

    for (int k = 0; k < golden.classes(); k++) {
      String[] expected = golden.each().get(k);
      if (expected[0].equals("none")) {
        assertThat(scores.averagePrecision(k)).isEmpty();
      } else {
        assertThat(scores.averagePrecision(k).orElseThrow())
            .isCloseTo(Double.parseDouble(expected[0]), within(1e-12));
      }
      ClassScore score = scores.score(k);
      assertThat(score.precision()).isCloseTo(Double.parseDouble(expected[1]), within(1e-12));
      assertThat(score.recall()).isCloseTo(Double.parseDouble(expected[2]), within(1e-12));
      assertThat(score.f1()).isCloseTo(Double.parseDouble(expected[3]), within(1e-12));
      assertThat(score.support()).isEqualTo((long) Double.parseDouble(expected[4]));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void means_are_scikit_learns_whatever_the_batches(Golden golden) {
    MultiLabelScores scores = MultiLabelScores.of(golden.classes(), golden.samples());
    double[] means = golden.means();

    assertThat(scores.meanAveragePrecision().orElseThrow()).isCloseTo(means[0], within(1e-12));
    assertThat(scores.macro().f1()).isCloseTo(means[3], within(1e-12));
    List<Metric> metrics =
        List.of(
            new MultiLabelPrecision(OUT),
            new MultiLabelRecall(OUT),
            new MultiLabelF1(OUT),
            new MultiLabelAccuracy(OUT));
    for (int i = 0; i < metrics.size(); i++) {
      assertThat(value(metrics.get(i), golden)).isCloseTo(means[1 + i], within(1e-12));
    }
  }

  @Test
  void labels_of_another_shape_or_type_are_refused() {
    Metric metric = new MultiLabelF1(OUT);

    assertThatThrownBy(
            () -> metric.sums(Map.of(OUT, Tensor.of(Shape.of(2, 3), new float[6])), LABELS))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("logits [N, K] and float32 labels of the same shape");
    assertThatThrownBy(() -> metric.sums(Map.of(OUT, LABELS), Tensor.of(Shape.of(2), 1L, 0L)))
        .isInstanceOf(DataException.class);
  }

  /** In two batches, of which the second is what remains. */
  private static double value(Metric metric, Golden golden) {
    Tensor logits = golden.tensor(true);
    Tensor labels = golden.tensor(false);
    int first = 7;
    int size = golden.samples().size();
    MetricSums sums =
        metric
            .sums(Map.of(OUT, logits.slice(0, 0, first)), labels.slice(0, 0, first))
            .plus(
                metric.sums(
                    Map.of(OUT, logits.slice(0, first, size)), labels.slice(0, first, size)));
    return metric.value(sums).orElseThrow();
  }
}
