package dev.trifocal.trainer;

import dev.trifocal.backend.RunOptions;
import dev.trifocal.data.Blobs;
import dev.trifocal.data.Dataset;
import dev.trifocal.data.Splits;
import dev.trifocal.graph.Graph;
import dev.trifocal.layer.Layer;
import dev.trifocal.metric.Accuracy;
import dev.trifocal.metric.TopK;
import dev.trifocal.shape.Shape;
import dev.trifocal.train.Adam;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.train.Optimizer;
import dev.trifocal.train.Schedule;
import dev.trifocal.train.SoftmaxCrossEntropy;
import dev.trifocal.train.TrainingPlan;
import java.util.List;

/** A separable problem of three classes and a network of one layer: 30 samples, 4 batches of 8. */
final class ToyProblem {
  static final Graph GRAPH =
      Graph.build(
          "toy", Shape.of(1, 2, 3), x -> x.then(Layer.flatten()).then("fc", Layer.dense(3)));
  static final Splits DATA =
      new Splits(
          Blobs.of("blobs/train", 30, 1),
          Blobs.of("blobs/validation", 17, 2),
          Blobs.of("blobs/test", 11, 3));
  static final FitOptions OPTIONS = FitOptions.of(3, 8);

  private ToyProblem() {}

  static TrainingPlan plan(Optimizer optimizer) {
    return TrainingPlan.of(new SoftmaxCrossEntropy(), optimizer);
  }

  static TrainingState start() {
    return start(plan(Adam.of(0.05)).schedule(new Schedule.Cosine()));
  }

  static TrainingState start(TrainingPlan plan) {
    return TrainingState.start(
        Checkpoint.start(GRAPH, 5),
        plan,
        List.of(new Accuracy(Graph.OUTPUT), new TopK(Graph.OUTPUT, 2)),
        DATA.train().classes());
  }

  static Splits training(Dataset train) {
    return new Splits(train, DATA.validation().orElseThrow(), DATA.test().orElseThrow());
  }

  static Splits validating(Dataset validation) {
    return new Splits(DATA.train(), validation, DATA.test().orElseThrow());
  }

  static Trainer trainer(Callback listener) {
    return new Trainer(new LinearBackend(), RunOptions.DEFAULT, listener);
  }

  static TrainingResult fit(TrainingState state, FitOptions options, CheckpointStore sink) {
    return trainer(Callbacks.none()).fit(state, DATA, options, sink, StopSignal.NEVER);
  }

  /** All that two equal trainings share: wall time set to 0. */
  static TrainingState timeless(TrainingState state) {
    TrainingProgress p = state.progress();
    return state.at(
        state.checkpoint(),
        new TrainingProgress(
            p.epoch(),
            p.batch(),
            p.running(),
            p.history().stream()
                .map(r -> new EpochRecord(r.epoch(), r.metrics(), r.lr(), 0))
                .toList(),
            p.bestEpoch(),
            p.bestValue(),
            0,
            p.provenance(),
            p.callbacks()));
  }
}
