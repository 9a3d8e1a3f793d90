package dev.trifocal.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.error.ConfigurationException;
import dev.trifocal.error.DataException;
import dev.trifocal.error.MetricException;
import dev.trifocal.graph.Graph;
import dev.trifocal.metric.Accuracy;
import dev.trifocal.metric.MeanMetric;
import dev.trifocal.metric.Metric;
import dev.trifocal.metric.MetricSums;
import dev.trifocal.metric.WeightedMean;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.train.Adam;
import dev.trifocal.train.Checkpoint;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The toy has 4 batches of training and 3 of validation in each epoch. */
class MetricFailuresTest {
  private final MemoryCheckpoints sink = new MemoryCheckpoints();

  /** Does something with the number of the call, from 1. */
  private record Counting(AtomicInteger calls, IntFunction<WeightedMean> what)
      implements MeanMetric {
    @Override
    public String name() {
      return "counting";
    }

    @Override
    public String output() {
      return Graph.OUTPUT;
    }

    @Override
    public WeightedMean of(Tensor output, Tensor labels) {
      return what.apply(calls.incrementAndGet());
    }
  }

  private record Named(String name, String output) implements MeanMetric {
    @Override
    public WeightedMean of(Tensor output, Tensor labels) {
      return new WeightedMean(1, 1);
    }
  }

  /** Finite sums, and whatever comes of them. */
  private record Worth(double worth) implements Metric {
    @Override
    public String name() {
      return "worth";
    }

    @Override
    public Set<String> outputs() {
      return Set.of();
    }

    @Override
    public MetricSums sums(Map<String, Tensor> outputs, Tensor labels) {
      return MetricSums.of("batches", 1);
    }

    @Override
    public OptionalDouble value(MetricSums sums) {
      return OptionalDouble.of(worth);
    }
  }

  private static Counting counting(IntFunction<WeightedMean> what) {
    return new Counting(new AtomicInteger(), what);
  }

  private static TrainingState start(Metric... metrics) {
    return TrainingState.start(
        Checkpoint.start(ToyProblem.GRAPH, 5),
        ToyProblem.plan(Adam.of(0.05)),
        List.of(metrics),
        ToyProblem.DATA.train().classes());
  }

  @Test
  void a_metric_that_throws_is_named_and_the_state_after_the_step_is_saved() {
    Metric metric =
        counting(
            call -> {
              if (call == 3) {
                throw new ArithmeticException("/ by zero");
              }
              return new WeightedMean(1, 1);
            });
    assertThatThrownBy(() -> ToyProblem.fit(start(metric), ToyProblem.OPTIONS, sink))
        .isInstanceOf(MetricException.class)
        .hasMessage(
            "toy: metric 'counting' (dev.trifocal.trainer.MetricFailuresTest$Counting) failed:"
                + " java.lang.ArithmeticException: / by zero; the state after step 3 (epoch 1,"
                + " batch 3) was saved and can be resumed");
    assertThat(sink.last().checkpoint().step()).isEqualTo(3);
    assertThat(WeightedMean.of(sink.last().progress().running().get("counting")))
        .isEqualTo(new WeightedMean(2, 2));
    TrainingState whole =
        ToyProblem.fit(start(new Worth(1)), ToyProblem.OPTIONS, new MemoryCheckpoints()).last();
    TrainingState resumed = ToyProblem.fit(sink.last(), ToyProblem.OPTIONS, sink).last();
    assertThat(resumed.checkpoint()).isEqualTo(whole.checkpoint());
  }

  @Test
  void a_metric_that_throws_in_validation_loses_no_step_of_the_epoch() {
    Metric metric =
        counting(
            call -> {
              if (call == 6) {
                throw new DataException("no such label");
              }
              return new WeightedMean(1, 1);
            });
    assertThatThrownBy(() -> ToyProblem.fit(start(metric), ToyProblem.OPTIONS, sink))
        .isInstanceOf(MetricException.class)
        .hasMessageContaining("Counting) failed: no such label; the state after step 4 (epoch 1,");
    assertThat(sink.last().progress().batch()).isEqualTo(4);
    TrainingState whole =
        ToyProblem.fit(start(new Worth(1)), ToyProblem.OPTIONS, new MemoryCheckpoints()).last();
    TrainingState resumed = ToyProblem.fit(sink.last(), ToyProblem.OPTIONS, sink).last();
    assertThat(resumed.checkpoint()).isEqualTo(whole.checkpoint());
    assertThat(resumed.progress().history()).hasSize(3);
  }

  @Test
  void sums_that_are_no_numbers_are_refused() {
    assertThatThrownBy(
            () ->
                ToyProblem.fit(
                    start(counting(call -> new WeightedMean(Double.NaN, 1))),
                    ToyProblem.OPTIONS,
                    sink))
        .isInstanceOf(MetricException.class)
        .hasMessageContaining(
            "Counting) returns Sums{sum=NaN, weight=1.0} for a batch; all sums must be finite")
        .hasMessageContaining("the state after step 1");
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
  void a_value_that_is_no_number_is_refused(double worth) {
    assertThatThrownBy(() -> ToyProblem.fit(start(new Worth(worth)), ToyProblem.OPTIONS, sink))
        .isInstanceOf(MetricException.class)
        .hasMessageContaining("Worth) is " + worth + "; it must be finite, or empty");
    assertThat(sink.last().checkpoint().step()).isEqualTo(1);
  }

  @Test
  void a_metric_that_nothing_determines_is_not_a_number_in_the_history() {
    TrainingState state =
        ToyProblem.fit(start(counting(call -> WeightedMean.NONE)), ToyProblem.OPTIONS, sink).last();
    assertThat(state.progress().history().get(0).metrics().get("counting")).isNaN();
  }

  @Test
  void sums_of_another_kind_than_before_are_refused() {
    TrainingState state = start(new Worth(1));
    TrainingState other =
        state.at(
            state.checkpoint(),
            TrainingProgress.start().running(Map.of("worth", MetricSums.of("hits", 2))));
    assertThatThrownBy(() -> ToyProblem.fit(other, ToyProblem.OPTIONS, sink))
        .isInstanceOf(MetricException.class)
        .hasMessageContaining("sums of {batches=1} cannot be added to {hits=1}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"loss", "lr", "seconds", "epoch", "val_accuracy", "val_"})
  void a_name_that_is_taken_is_refused_before_the_first_step(String name) {
    assertThatThrownBy(
            () -> ToyProblem.fit(start(new Named(name, Graph.OUTPUT)), ToyProblem.OPTIONS, sink))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "dev.trifocal.trainer.MetricFailuresTest$Named is named '"
                + name
                + "', but epoch, loss, lr, seconds and names starting with val_ are reserved;"
                + " choose another name");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a,b", "top 5", "a\nb"})
  void a_name_that_a_table_cannot_hold_is_refused(String name) {
    assertThatThrownBy(
            () -> ToyProblem.fit(start(new Named(name, Graph.OUTPUT)), ToyProblem.OPTIONS, sink))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("metric names may only contain letters, digits, '_', '-' and '.'");
  }

  @Test
  void two_metrics_of_one_name_are_refused() {
    TrainingState state = start(new Accuracy(Graph.OUTPUT), new Named("accuracy", Graph.OUTPUT));
    assertThatThrownBy(() -> ToyProblem.fit(state, ToyProblem.OPTIONS, sink))
        .isInstanceOf(DataException.class)
        .hasMessage("two metrics are named accuracy");
  }

  @Test
  void a_schedule_that_gives_no_rate_loses_no_step() {
    TrainingState state =
        TrainingState.start(
            Checkpoint.start(ToyProblem.GRAPH, 5),
            ToyProblem.plan(Adam.of(0.05)).schedule((step, total) -> step == 6 ? Double.NaN : 1),
            List.of(),
            ToyProblem.DATA.train().classes());
    assertThatThrownBy(() -> ToyProblem.fit(state, ToyProblem.OPTIONS, sink))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("returns the factor NaN for step 6 of 12; it must be finite");
    assertThat(sink.last().checkpoint().step()).isEqualTo(6);
  }
}
