package dev.trifocal.backend.onnx;

import dev.trifocal.backend.Backend;
import dev.trifocal.backend.ElementwiseUpdate;
import dev.trifocal.backend.Profiler;
import dev.trifocal.backend.Program;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.backend.TrainingSession;
import dev.trifocal.graph.Graph;
import dev.trifocal.profile.Profile;
import dev.trifocal.profile.ProfileEntry;
import dev.trifocal.profile.ProfileLength;
import dev.trifocal.profile.StepPhase;
import dev.trifocal.profile.Stopwatch;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.train.LossGraph;
import dev.trifocal.train.TrainingPlan;
import dev.trifocal.weights.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;

/** Profiles with ONNX Runtime's own profiler, which measures each node of a model. */
record OnnxProfiler(Backend backend) implements Profiler {
  @Override
  public Profile training(
      TrainingPlan plan,
      Checkpoint checkpoint,
      RunOptions options,
      ProfileLength length,
      Consumer<TrainingSession> step) {
    options.requireSupportOf(backend);
    Graph graph = LossGraph.of(checkpoint.graph(), plan.objectives()).graph();
    try (TracedSessions traced = TracedSessions.create();
        OnnxTrainingSession session =
            OnnxTrainingSession.open(backend, plan, checkpoint, options, traced::open)) {
      return profile(
          graph, traced, length, () -> step.accept(session), session::hostUpdateMilliseconds);
    }
  }

  @Override
  public Profile inference(
      Graph graph,
      Weights weights,
      RunOptions options,
      ProfileLength length,
      Consumer<Program> run) {
    options.requireSupportOf(backend);
    try (TracedSessions traced = TracedSessions.create();
        Program program = OnnxProgram.open(graph, weights, options, traced::open)) {
      return profile(graph, traced, length, () -> run.accept(program), () -> 0);
    }
  }

  /**
   * Measures the work.
   *
   * @param onHost returns the time that the optimizer has taken outside ONNX Runtime so far
   */
  private static Profile profile(
      Graph graph,
      TracedSessions traced,
      ProfileLength length,
      Runnable work,
      DoubleSupplier onHost) {
    length.warmUp(work);
    double before = onHost.getAsDouble();
    Stopwatch watch = Stopwatch.start();
    length.measure(work);
    double milliseconds = watch.seconds() * 1000;
    List<ProfileEntry> entries = new ArrayList<>(traced.entries(graph, length));
    double update = onHost.getAsDouble() - before;
    if (update > 0) {
      entries.add(
          new ProfileEntry(
              ElementwiseUpdate.OPERATOR, List.of(), StepPhase.UPDATE, length.steps(), update));
    }
    return new Profile(length.steps(), milliseconds, entries);
  }
}
