package dev.trifocal.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.data.Dataset;
import dev.trifocal.data.Shuffle;
import dev.trifocal.data.Splits;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.metric.Accuracy;
import dev.trifocal.metric.TopK;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.train.Adam;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.train.MeanSquaredError;
import dev.trifocal.train.Schedule;
import dev.trifocal.train.Sgd;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrontDoorTest {
  private static final Trainer TRAINER = Trainer.on(new LinearBackend()).epochs(3).batchSize(8);

  @TempDir private Path temporary;

  @Test
  void oneLineTrainsWithTheUsualSettings() {
    TrainingResult result = TRAINER.fit(ToyProblem.GRAPH, ToyProblem.DATA);
    TrainingState same =
        TrainingState.start(
            Checkpoint.start(ToyProblem.GRAPH, 42),
            ToyProblem.plan(Adam.of(0.001)),
            List.of(new Accuracy("output")),
            ToyProblem.DATA.train().classes());
    TrainingResult byHand = ToyProblem.fit(same, ToyProblem.OPTIONS, new MemoryCheckpoints());
    assertThat(ToyProblem.timeless(result.last())).isEqualTo(ToyProblem.timeless(byHand.last()));
    assertThat(result.weights()).isEqualTo(byHand.best().checkpoint().weights());
    assertThat(result.graph()).isEqualTo(ToyProblem.GRAPH);
    assertThat(result.history()).hasSize(3);
  }

  @Test
  void trainingSamplesAreEnough() {
    assertThat(TRAINER.fit(ToyProblem.GRAPH, ToyProblem.DATA.train()).history().get(0).metrics())
        .containsOnlyKeys("loss", "accuracy");
  }

  @Test
  void everySettingIsHeeded() {
    List<String> heard = new ArrayList<>();
    Callback counting =
        new Callback() {
          @Override
          public void epochStarted(int epoch, TrainingControl control) {
            heard.add("epoch " + epoch);
          }
        };
    TrainingResult result =
        TRAINER
            .epochs(9)
            .batchSize(10)
            .shuffle(Shuffle.NONE)
            .patience(1)
            .optimizer(Sgd.of(1e-9))
            .schedule(new Schedule.Cosine())
            .metrics(new TopK("output", 2))
            .weights(ToyProblem.GRAPH.initialWeights(7))
            .seed(5)
            .callbacks(counting)
            .callbacks(counting)
            .loaderThreads(1)
            .fit(
                ToyProblem.GRAPH,
                Splits.of(ToyProblem.DATA.train(), ToyProblem.DATA.validation().orElseThrow()));
    TrainingState last = result.last();
    assertThat(last.plan())
        .isEqualTo(ToyProblem.plan(Sgd.of(1e-9)).schedule(new Schedule.Cosine()));
    assertThat(last.metrics()).containsExactly(new TopK("output", 2));
    assertThat(last.checkpoint().seed()).isEqualTo(5);
    assertThat(last.checkpoint().step()).isEqualTo(3L * last.progress().history().size());
    assertThat(last.progress().provenance()).containsEntry("shuffle", "NONE");
    assertThat(heard).startsWith("epoch 1", "epoch 1", "epoch 2", "epoch 2");
    assertThat(last.checkpoint().weights().tensor("fc.bias").floats().get(0))
        .isEqualTo(ToyProblem.GRAPH.initialWeights(7).tensor("fc.bias").floats().get(0));
  }

  @Test
  void labelsThatAreNotClassIdsNeedALoss() {
    Tensor x = Tensor.floats(Shape.of(6, 1, 2, 3), b -> b.put(0, 1));
    Dataset data = Dataset.of(x, Tensor.floats(Shape.of(6, 3), b -> b.put(0, 1)));
    assertThatThrownBy(() -> TRAINER.fit(ToyProblem.GRAPH, data))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "the labels of data are not class ids, so there is no default loss; set one with"
                + " loss(...)");
    TrainingResult result = TRAINER.loss(new MeanSquaredError()).fit(ToyProblem.GRAPH, data);
    assertThat(result.history().get(0).metrics()).containsOnlyKeys("loss");
  }

  @Test
  void aRunIsSavedAndResumed() {
    Path run = temporary.resolve("run");
    Trainer saving = TRAINER.saveTo(run);
    TrainingResult two = saving.epochs(2).fit(ToyProblem.GRAPH, ToyProblem.DATA);
    assertThat(two.best()).isEqualTo(RunDirectory.at(run).best());
    assertThat(run.resolve("history.json")).exists();
    TrainingResult third = saving.resume().fit(ToyProblem.GRAPH, ToyProblem.DATA);
    TrainingResult whole = TRAINER.fit(ToyProblem.GRAPH, ToyProblem.DATA);
    assertThat(ToyProblem.timeless(third.last())).isEqualTo(ToyProblem.timeless(whole.last()));
    assertThat(lines(run.resolve("history.csv"))).hasSize(1 + 3);
  }

  @Test
  void aRunThatIsThereIsNeitherOverwrittenNorChanged() {
    Path run = temporary.resolve("run");
    Trainer saving = TRAINER.saveTo(run);
    saving.epochs(1).fit(ToyProblem.GRAPH, ToyProblem.DATA);
    assertThatThrownBy(() -> saving.fit(ToyProblem.GRAPH, ToyProblem.DATA))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            run
                + " already holds a training run; call resume() to continue it, or choose another"
                + " directory");
    assertThatThrownBy(
            () ->
                saving.resume().optimizer(Sgd.of(1)).seed(1).fit(ToyProblem.GRAPH, ToyProblem.DATA))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "the saved run was started with a different optimizer, seed; resume it with the same settings, or save"
                + " a new run to another directory");
    assertThatThrownBy(() -> TRAINER.resume().fit(ToyProblem.GRAPH, ToyProblem.DATA))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("there is nothing to resume: name the run directory with saveTo(...)");
  }

  @Test
  void whatResumesWithoutARunBeginsOne() {
    Trainer resuming = TRAINER.saveTo(temporary.resolve("none")).resume();
    assertThat(resuming.fit(ToyProblem.GRAPH, ToyProblem.DATA).history()).hasSize(3);
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
