package dev.trifocal.backend.dl4j;

import dev.trifocal.backend.Backend;
import dev.trifocal.backend.NativeLibraryFolders;
import dev.trifocal.backend.Profiler;
import dev.trifocal.backend.Program;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.backend.TrainingSession;
import dev.trifocal.graph.Graph;
import dev.trifocal.profile.Profile;
import dev.trifocal.profile.ProfileLength;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.train.LossGraph;
import dev.trifocal.train.TrainingPlan;
import dev.trifocal.weights.Weights;
import java.util.function.Consumer;

/** Profiles by the clock, because operators run one by one. */
record Dl4jProfiler(Backend backend, NativeLibraryFolders folders) implements Profiler {
  @Override
  public Profile training(
      TrainingPlan plan,
      Checkpoint checkpoint,
      RunOptions options,
      ProfileLength length,
      Consumer<TrainingSession> step) {
    options.requireSupportOf(backend);
    CallTimer timer = new CallTimer(LossGraph.of(checkpoint.graph(), plan.objectives()).graph());
    try (TrainingSession session =
        folders.loading(() -> Dl4jTrainingSession.open(plan, checkpoint, options, timer))) {
      return timer.profile(length, () -> step.accept(session));
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
    weights.requireFit(graph.name(), graph.weightShapes());
    CallTimer timer = new CallTimer(graph);
    try (Program program =
        folders.loading(() -> Dl4jProgram.open(graph, weights, options, timer))) {
      return timer.profile(length, () -> run.accept(program));
    }
  }
}
