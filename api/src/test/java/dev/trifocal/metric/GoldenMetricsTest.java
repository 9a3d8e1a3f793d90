package dev.trifocal.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against scikit-learn; {@code src/test/python/golden_metrics.py} says how the cases are made. */
class GoldenMetricsTest {
  private static final String OUT = "output";
  private static final List<Metric> METRICS =
      List.of(
          new Accuracy(OUT),
          new TopK(OUT, 2),
          new Precision(OUT),
          new Recall(OUT),
          new F1(OUT),
          new Auc(OUT));

  /** A line of the file. */
  record Case(boolean coarse, int samples, int units, List<Double> values) {
    static Case of(String line) {
      List<String> words = List.of(line.split(" "));
      return new Case(
          words.get(0).equals("coarse"),
          Integer.parseInt(words.get(1)),
          Integer.parseInt(words.get(2)),
          words.subList(3, words.size()).stream().map(Double::valueOf).toList());
    }

    int label(int sample) {
      double noise = noise(7919L * sample + 1);
      return (int) Math.floor(Math.max(2, units) * noise * noise);
    }

    private static double noise(long i) {
      long a = i * 2654435761L % (1L << 32);
      long b = Long.remainderUnsigned((a ^ a >> 15) * 2246822519L, 1L << 32);
      return (b ^ b >> 13) / 0x1p32;
    }

    private float logit(int sample, int unit) {
      double logit = 8 * noise((long) sample * units + unit) - 4;
      double rounded = coarse ? Math.floor(logit * 8) / 8 : logit;
      if (units == 1) {
        return (float) (rounded + (label(sample) == 1 ? 2 : -2));
      }
      return (float) (rounded + (label(sample) == unit ? 2 : 0));
    }

    /** Samples {@code from} to {@code to}, in a batch. */
    Map<String, Tensor> outputs(int from, int to) {
      return Map.of(
          OUT,
          Tensor.floats(
              Shape.of(to - from, units),
              buffer -> {
                for (int sample = from; sample < to; sample++) {
                  for (int unit = 0; unit < units; unit++) {
                    buffer.put(logit(sample, unit));
                  }
                }
              }));
    }

    Tensor labels(int from, int to) {
      long[] ids = new long[to - from];
      for (int i = 0; i < ids.length; i++) {
        ids[i] = label(from + i);
      }
      return Tensor.of(Shape.of(ids.length), ids);
    }
  }

  static Stream<Case> cases() throws IOException {
    try (InputStream file = GoldenMetricsTest.class.getResourceAsStream("metrics.txt")) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().map(Case::of);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void metrics_over_uneven_batches_are_scikit_learns(Case one) {
    for (int i = 0; i < METRICS.size(); i++) {
      Metric metric = METRICS.get(i);
      MetricSums sums = MetricSums.NONE;
      for (int from : batches(one.samples())) {
        int to = Math.min(one.samples(), 2 * from + 7);
        sums = sums.plus(metric.sums(one.outputs(from, to), one.labels(from, to)));
      }
      // What lies within one step of the histogram counts half; coarse scores never do.
      double near =
          metric instanceof Auc && !(one.coarse() && one.units() == 1) ? step(one) : 1e-12;
      assertThat(metric.value(sums).getAsDouble())
          .as(metric.name())
          .isCloseTo(one.values().get(i), within(near));
    }
  }

  private static double step(Case one) {
    return one.samples() < 200 ? 1e-3 : 2e-4;
  }

  private static List<Integer> batches(int samples) {
    List<Integer> starts = new ArrayList<>();
    for (int from = 0; from < samples; from = 2 * from + 7) {
      starts.add(from);
    }
    return starts;
  }
}
