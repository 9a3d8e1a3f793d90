package dev.trifocal.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.within;

import dev.trifocal.backend.RunOptions;
import dev.trifocal.backend.TrainingSession;
import dev.trifocal.data.Batch;
import dev.trifocal.data.CorruptDataset;
import dev.trifocal.data.Dataset;
import dev.trifocal.data.Shuffle;
import dev.trifocal.error.DataException;
import dev.trifocal.graph.Graph;
import dev.trifocal.train.Schedule;
import dev.trifocal.train.Sgd;
import dev.trifocal.train.TrainingPlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TrainerTest {
  @Test
  void learnsToTellThreeBlobsApart() {
    TrainingResult result =
        ToyProblem.fit(ToyProblem.start(), ToyProblem.OPTIONS.epochs(15), new MemoryCheckpoints());
    List<EpochRecord> history = result.last().progress().history();
    assertThat(history.get(0).metrics().get("val_accuracy")).isLessThan(1);
    assertThat(history.get(14).metrics())
        .containsEntry("val_accuracy", 1.0)
        .hasEntrySatisfying("loss", loss -> assertThat(loss).isLessThan(0.4))
        .containsOnlyKeys("loss", "accuracy", "top_2", "val_loss", "val_accuracy", "val_top_2");
    assertThat(result.ending()).isEqualTo(StopReason.COMPLETED);
  }

  @Test
  void engineLearnsTheSizeOfMostBatches() {
    LinearBackend backend = new LinearBackend();
    Trainer.on(backend).epochs(1).batchSize(7).fit(ToyProblem.GRAPH, ToyProblem.DATA);
    assertThat(backend.trainedWith()).containsExactly(RunOptions.DEFAULT.typicalBatchSize(7));
  }

  @ParameterizedTest
  @EnumSource(Shuffle.class)
  void takesTheStepsThatOneWouldWriteByHand(Shuffle shuffle) {
    Schedule schedule = new Schedule.WarmUp(3, new Schedule.Cosine());
    TrainingPlan plan = ToyProblem.plan(Sgd.of(0.1).momentum(0.9)).schedule(schedule);
    TrainingState start = ToyProblem.start(plan);
    Dataset train = ToyProblem.DATA.train();
    List<Double> losses = new ArrayList<>();
    TrainingState expected;
    try (TrainingSession session =
        new LinearBackend().train(plan, start.checkpoint(), RunOptions.DEFAULT)) {
      for (int step = 0; step < 12; step++) {
        int[] order = shuffle.order(30, 5, step / 4 + 1);
        int from = step % 4 * 8;
        Batch batch = train.batch(Arrays.copyOfRange(order, from, Math.min(30, from + 8)));
        losses.add(
            session
                    .step(
                        Map.of(Graph.INPUT, batch.input()),
                        Map.of(Graph.OUTPUT, batch.label()),
                        0.1 * schedule.factor(step, 12))
                    .loss()
                * batch.size());
      }
      expected = start.at(session.snapshot(), start.progress());
    }
    TrainingResult result =
        ToyProblem.fit(start, ToyProblem.OPTIONS.shuffle(shuffle), new MemoryCheckpoints());
    assertThat(result.last().checkpoint()).isEqualTo(expected.checkpoint());
    EpochRecord second = result.last().progress().history().get(1);
    double mean = losses.subList(4, 8).stream().mapToDouble(x -> x).sum() / 30;
    assertThat(second.metrics().get("loss")).isCloseTo(mean, within(1e-12));
    assertThat(second.lr()).isEqualTo(0.1 * schedule.factor(7, 12));
  }

  @Test
  void shufflesEachEpochAnew() {
    List<List<Integer>> orders = new ArrayList<>();
    Dataset watched =
        new CorruptDataset(
            ToyProblem.DATA.train(),
            (indices, batch) -> {
              orders.add(Arrays.stream(indices).boxed().toList());
              return batch;
            });
    FitOptions whole = FitOptions.of(2, 30).loaderThreads(1);
    ToyProblem.trainer(Callbacks.none())
        .fit(
            ToyProblem.start(),
            ToyProblem.training(watched),
            whole,
            new MemoryCheckpoints(),
            StopSignal.NEVER);
    assertThat(orders).hasSize(2);
    assertThat(orders.get(0))
        .isNotEqualTo(orders.get(1))
        .containsExactlyInAnyOrderElementsOf(orders.get(1));
  }

  @Test
  void loaderThreadsChangeNoNumber() {
    TrainingState one =
        ToyProblem.fit(
                ToyProblem.start(), ToyProblem.OPTIONS.loaderThreads(1), new MemoryCheckpoints())
            .last();
    TrainingState many =
        ToyProblem.fit(
                ToyProblem.start(), ToyProblem.OPTIONS.loaderThreads(6), new MemoryCheckpoints())
            .last();
    assertThat(ToyProblem.timeless(many)).isEqualTo(ToyProblem.timeless(one));
  }

  @Test
  void aSampleThatCannotBeReadEndsTheTrainingWithTheDatasetsOwnWords() {
    DataException failure = new DataException("blobs/train: sample 20 is damaged");
    Dataset broken =
        new CorruptDataset(
            ToyProblem.DATA.train(),
            (indices, batch) -> {
              if (Arrays.stream(indices).anyMatch(index -> index == 20)) {
                throw failure;
              }
              return batch;
            });
    MemoryCheckpoints sink = new MemoryCheckpoints();
    FitOptions options = ToyProblem.OPTIONS.shuffle(Shuffle.NONE).checkpointEvery(1);
    Trainer trainer = ToyProblem.trainer(Callbacks.none());
    assertThat(
            catchThrowable(
                () ->
                    trainer.fit(
                        ToyProblem.start(),
                        ToyProblem.training(broken),
                        options,
                        sink,
                        StopSignal.NEVER)))
        .isSameAs(failure);
    assertThat(sink.last().checkpoint().step()).isEqualTo(2);
  }

  @Test
  void savesEverySoManyStepsAndAtEachEndOfAnEpoch() {
    assertThat(saves(ToyProblem.OPTIONS.checkpointEvery(3)))
        .containsExactly(
            "last 3: epoch 1, batch 3",
            "best 4: epoch 2, batch 0",
            "last 4: epoch 2, batch 0",
            "last 6: epoch 2, batch 2",
            "best 8: epoch 3, batch 0",
            "last 8: epoch 3, batch 0",
            "last 9: epoch 3, batch 1",
            "last 12: epoch 3, batch 4",
            "best 12: epoch 4, batch 0",
            "last 12: epoch 4, batch 0");
    assertThat(saves(ToyProblem.OPTIONS)).noneMatch(save -> !save.endsWith("batch 0"));
  }

  @Test
  void provenance_tells_data_and_environment() {
    TrainingState start = ToyProblem.start();
    TrainingState known =
        start.at(start.checkpoint(), start.progress().provenance(Map.of("version", "1")));
    assertThat(provenance(known))
        .containsEntry("version", "1")
        .containsEntry("data", "blobs/train blobs:1:30:0")
        .containsEntry("augmentation", "none")
        .containsEntry("batch_size", "8")
        .containsEntry("accumulate", "1")
        .containsEntry("shuffle", "EACH_EPOCH")
        .hasEntrySatisfying("trifocal", text -> assertThat(text).matches("\\d+[.]\\d+.*"))
        .containsEntry("engine", new LinearBackend().engine())
        .hasEntrySatisfying("java", text -> assertThat(text).contains(Runtime.version().toString()))
        .hasEntrySatisfying(
            "system", text -> assertThat(text).contains(System.getProperty("os.arch")))
        .hasSize(12);
  }

  @Test
  void provenance_lists_each_engine_that_a_run_used_once() {
    TrainingState start = ToyProblem.start();
    Map<String, String> before = Map.of("engine", "PyTorch 1");
    TrainingState moved = start.at(start.checkpoint(), start.progress().provenance(before));
    String both = "PyTorch 1, then " + new LinearBackend().engine();
    assertThat(provenance(moved)).containsEntry("engine", both);
    TrainingState again =
        start.at(start.checkpoint(), start.progress().provenance(Map.of("engine", both)));
    assertThat(provenance(again)).containsEntry("engine", both);
  }

  private static Map<String, String> provenance(TrainingState state) {
    return ToyProblem.fit(state, ToyProblem.OPTIONS, new MemoryCheckpoints())
        .best()
        .progress()
        .provenance();
  }

  private static List<String> saves(FitOptions options) {
    SavesAsText sink = new SavesAsText(new MemoryCheckpoints(), new ArrayList<>());
    ToyProblem.fit(ToyProblem.start(), options, sink);
    return sink.saves();
  }

  private record SavesAsText(CheckpointStore sink, List<String> saves) implements CheckpointStore {
    @Override
    public void last(TrainingState state) {
      saves.add("last " + text(state));
      sink.last(state);
    }

    @Override
    public void best(TrainingState state) {
      saves.add("best " + text(state));
      sink.best(state);
    }

    @Override
    public TrainingState best() {
      return sink.best();
    }

    private static String text(TrainingState state) {
      TrainingProgress progress = state.progress();
      return "%d: epoch %d, batch %d"
          .formatted(state.checkpoint().step(), progress.epoch(), progress.batch());
    }
  }
}
