package dev.trifocal.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.error.ConfigurationException;
import dev.trifocal.error.FileException;
import dev.trifocal.graph.Graph;
import dev.trifocal.layer.Layer;
import dev.trifocal.metric.Accuracy;
import dev.trifocal.metric.MeanMetric;
import dev.trifocal.metric.Metric;
import dev.trifocal.metric.WeightedMean;
import dev.trifocal.random.RandomStream;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.train.Adam;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.train.Schedule;
import dev.trifocal.train.TrainingPlan;
import dev.trifocal.trainer.custom.HeavyBall;
import dev.trifocal.trainer.custom.LogitSpread;
import dev.trifocal.trainer.custom.NotAMetric;
import dev.trifocal.trainer.custom.Sawtooth;
import dev.trifocal.weights.Initializer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CustomTypesTest {
  private static final String CUSTOM = "dev.trifocal.trainer.custom.";

  @TempDir Path temporary;

  /** An initializer of a project of its own. */
  record Ramp(double slope) implements Initializer {
    @Override
    public Tensor values(RandomStream stream, Shape shape, int fanIn, int fanOut) {
      return Tensor.floats(
          shape,
          buffer -> {
            for (int i = 0; i < buffer.capacity(); i++) {
              buffer.put(i, (float) (slope * Math.sin(i)));
            }
          });
    }
  }

  /** A metric that no file can hold. */
  record Weighted(double[] weights) implements MeanMetric {
    @Override
    public String name() {
      return "weighted";
    }

    @Override
    public String output() {
      return Graph.OUTPUT;
    }

    @Override
    public WeightedMean of(Tensor output, Tensor labels) {
      return WeightedMean.NONE;
    }
  }

  /** A component could hold anything, so it could name any class. */
  record Anything(Object payload) implements Schedule {
    @Override
    public double factor(long step, long total) {
      return 1;
    }
  }

  private static TrainingState start(TrainingPlan plan, Metric... metrics) {
    Graph graph =
        Graph.build(
            "toy",
            Shape.of(1, 2, 3),
            x ->
                x.then(Layer.flatten())
                    .then("fc", Layer.dense(3).initializers(new Ramp(0.1), new Ramp(0))));
    return TrainingState.start(
        Checkpoint.start(graph, 5), plan, List.of(metrics), ToyProblem.DATA.train().classes());
  }

  private static TrainingState custom() {
    TrainingPlan plan =
        ToyProblem.plan(new HeavyBall(0.05, 0.9)).schedule(new Sawtooth(3, new Schedule.Cosine()));
    return start(plan, new Accuracy(Graph.OUTPUT), LogitSpread.of(1.5));
  }

  private Path state() {
    return temporary.resolve("last/state.json");
  }

  /** Saves a state and changes its file. */
  private RunDirectory edited(String from, String to) throws IOException {
    RunDirectory run = RunDirectory.at(temporary);
    run.last(custom());
    String text = Files.readString(state());
    assertThat(text).contains(from);
    Files.writeString(state(), text.replace(from, to));
    return run;
  }

  @Test
  void files_name_them_by_their_classes_and_built_in_ones_by_their_kinds() throws IOException {
    RunDirectory run = RunDirectory.at(temporary);
    run.last(custom());
    assertThat(run.last()).isEqualTo(custom());
    assertThat(Files.readString(state()))
        .contains("\"kind\" : \"" + CUSTOM + "LogitSpread\"")
        .contains("\"kind\" : \"" + CUSTOM + "Sawtooth\"")
        .contains("\"kind\" : \"" + CUSTOM + "HeavyBall\"")
        .contains("\"kind\" : \"Cosine\"")
        .contains("\"kind\" : \"Accuracy\"")
        .doesNotContain("wide");
    assertThat(Files.readString(temporary.resolve("last/graph.json")))
        .contains("\"kind\" : \"dev.trifocal.trainer.CustomTypesTest$Ramp\"");
  }

  @Test
  void a_training_with_them_resumes_in_mid_epoch_as_if_it_had_not_stopped() {
    TrainingState whole =
        ToyProblem.fit(custom(), ToyProblem.OPTIONS, RunDirectory.at(temporary.resolve("whole")))
            .last();
    RunDirectory run = RunDirectory.at(temporary.resolve("resumed"));
    AtomicInteger asked = new AtomicInteger();
    ToyProblem.trainer(Callbacks.none())
        .fit(custom(), ToyProblem.DATA, ToyProblem.OPTIONS, run, () -> asked.incrementAndGet() > 6);
    assertThat(run.last().progress().batch()).isBetween(1, 3);
    TrainingState resumed = ToyProblem.fit(run.last(), ToyProblem.OPTIONS, run).last();
    assertThat(ToyProblem.timeless(resumed)).isEqualTo(ToyProblem.timeless(whole));
    assertThat(resumed.progress().history().get(2).metrics())
        .containsKeys("spread", "val_spread", "accuracy");
    assertThat(resumed.checkpoint().slots()).containsOnlyKeys("velocity");
  }

  @Test
  void a_class_that_is_not_on_the_class_path_is_named_with_the_cure() throws IOException {
    assertThatThrownBy(() -> edited(CUSTOM + "LogitSpread", "com.acme.Sharpness").last())
        .isInstanceOf(FileException.class)
        .hasMessage(
            state()
                + ": metrics[1]: com.acme.Sharpness is a metric that is not on the class path;"
                + " add the jar that holds this class");
    assertThatThrownBy(() -> edited(CUSTOM + "Sawtooth", "com.acme.Saw").last())
        .isInstanceOf(FileException.class)
        .hasMessageContaining("plan.schedule: com.acme.Saw is a schedule that is not on the class");
    assertThatThrownBy(() -> edited(CUSTOM + "HeavyBall", "com.acme.Ball").last())
        .isInstanceOf(FileException.class)
        .hasMessageContaining("plan.optimizer: com.acme.Ball is an optimizer that is not on the");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dev.trifocal.trainer.custom.NotAMetric",
        "dev.trifocal.trainer.custom.Sawtooth",
        "java.lang.ProcessBuilder",
        "java.util.ArrayList"
      })
  void a_class_that_is_no_metric_is_refused_before_it_runs(String name) throws IOException {
    assertThatThrownBy(() -> edited(CUSTOM + "LogitSpread", name).last())
        .isInstanceOf(FileException.class)
        .hasMessageContaining(
            "%s is not a metric: it does not implement dev.trifocal.metric.Metric", name);
    assertThat(System.getProperty(NotAMetric.SPRUNG)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../LogitSpread", "[Ljava.lang.String;", "a b.c", ".", "a..b", "é.1"})
  void a_name_that_no_class_can_have_is_not_looked_for(String name) {
    assertThatThrownBy(() -> edited(CUSTOM + "LogitSpread", name).last())
        .isInstanceOf(FileException.class)
        .hasMessageContaining("metrics[1]: " + name + " is a metric that is not on the class path");
  }

  @Test
  void a_bare_name_is_a_kind_of_trifocal_or_none() {
    assertThatThrownBy(() -> edited(CUSTOM + "LogitSpread", "LogitSpread").last())
        .isInstanceOf(FileException.class)
        .hasMessageContaining("this version of Trifocal does not support the kind 'LogitSpread'");
  }

  @Test
  void a_class_with_other_components_is_named_with_the_difference() {
    assertThatThrownBy(() -> edited("\"scale\"", "\"gain\"").last())
        .isInstanceOf(FileException.class)
        .hasMessage(
            state()
                + ": metrics[1]: "
                + CUSTOM
                + "LogitSpread has changed since the file was written: it no longer has gain"
                + " and now has scale; use the version of its jar that the file was"
                + " written with");
    assertThatThrownBy(() -> edited("\"scale\" : 1.5", "\"scale\" : \"much\"").last())
        .isInstanceOf(FileException.class)
        .hasMessageContaining("metrics[1].scale: the value is not of the field's type");
    assertThatThrownBy(() -> edited("\"period\" : 3", "\"period\" : 0").last())
        .isInstanceOf(FileException.class)
        .hasMessageContaining(
            "plan.schedule: " + CUSTOM + "Sawtooth rejects the values in the file")
        .hasMessageContaining("period 0");
  }

  @Test
  void what_cannot_be_saved_is_refused_before_the_first_step() {
    refused(start(ToyProblem.plan(Adam.of(0.1)), new Weighted(new double[] {1})))
        .hasMessage(
            "dev.trifocal.trainer.CustomTypesTest$Weighted cannot be saved: its component 'weights'"
                + " is double[]; to be saved, a metric must be a named record in a package, with"
                + " components that are numbers, booleans, text, enums, and lists, maps, optionals"
                + " and records of these");
    refused(
            start(
                ToyProblem.plan(Adam.of(0.1)).schedule((step, total) -> 1), new Accuracy("output")))
        .hasMessageContaining("cannot be saved: it is not a record; to be saved, a schedule must");
    refused(
            start(
                ToyProblem.plan(Adam.of(0.1)).schedule(new Anything("x")), new Accuracy("output")))
        .hasMessageContaining("its component 'payload' is java.lang.Object");
    Schedule inner = new Sawtooth(2, (step, total) -> 1);
    refused(start(ToyProblem.plan(Adam.of(0.1)).schedule(inner), new Accuracy("output")))
        .hasMessageContaining("it is not a record");
    Initializer flat = (stream, shape, fanIn, fanOut) -> Tensor.floats(shape, b -> {});
    Graph graph =
        Graph.build(
            "toy",
            Shape.of(1, 2, 3),
            x -> x.then(Layer.flatten()).then("fc", Layer.dense(3).initializers(flat, flat)));
    refused(
            TrainingState.start(
                Checkpoint.start(graph, 5), ToyProblem.plan(Adam.of(0.1)), List.of(), List.of()))
        .hasMessageContaining("it is not a record; to be saved, an initializer must");
  }

  private org.assertj.core.api.AbstractThrowableAssert<?, ?> refused(TrainingState state) {
    Path folder = temporary.resolve("refused");
    org.assertj.core.api.AbstractThrowableAssert<?, ?> thrown =
        assertThatThrownBy(() -> ToyProblem.fit(state, ToyProblem.OPTIONS, RunDirectory.at(folder)))
            .isInstanceOf(ConfigurationException.class);
    assertThat(folder).doesNotExist();
    return thrown;
  }

  @Test
  void what_is_kept_in_memory_can_be_anything() {
    TrainingState state =
        start(ToyProblem.plan(Adam.of(0.1)).schedule((step, total) -> step == 0 ? 0.5 : 1));
    List<EpochRecord> history =
        ToyProblem.fit(state, ToyProblem.OPTIONS, new MemoryCheckpoints())
            .last()
            .progress()
            .history();
    assertThat(history).hasSize(3);
  }

  @Test
  void sums_of_means_are_read_as_they_were_before_there_were_others() throws IOException {
    RunDirectory run = RunDirectory.at(temporary);
    run.last(TrainingStates.at(3));
    assertThat(Files.readString(state()))
        .containsPattern("\"loss\" : \\{\\s+\"sum\" : 9.42477796076938,\\s+\"weight\" : 1.0E17");
  }
}
