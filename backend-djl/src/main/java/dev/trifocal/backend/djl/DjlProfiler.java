package dev.trifocal.backend.djl;

import ai.djl.engine.EngineException;
import ai.djl.pytorch.jni.JniUtils;
import dev.trifocal.backend.Backend;
import dev.trifocal.backend.Device;
import dev.trifocal.backend.ElementwiseUpdate;
import dev.trifocal.backend.NativeLibraryFolders;
import dev.trifocal.backend.Profiler;
import dev.trifocal.backend.Program;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.backend.TrainingSession;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.file.TemporaryFile;
import dev.trifocal.graph.Graph;
import dev.trifocal.profile.ChromeTrace;
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

/** Profiles with PyTorch's own profiler, which measures each operator on the CPU. */
record DjlProfiler(Backend backend, NativeLibraryFolders folders) implements Profiler {
  @Override
  public Profile training(
      TrainingPlan plan,
      Checkpoint checkpoint,
      RunOptions options,
      ProfileLength length,
      Consumer<TrainingSession> step) {
    requireCpu(options);
    try (ArrayStore store = folders.loading(() -> ArrayStore.open(options))) {
      LossGraph loss = LossGraph.of(checkpoint.graph(), plan.objectives());
      TraceMarks marks = new TraceMarks(store, loss.graph());
      try (DjlTrainingSession session = DjlTrainingSession.open(plan, checkpoint, options, marks)) {
        return profile(
            checkpoint.graph(),
            marks,
            length,
            () -> step.accept(session),
            session::updateMilliseconds);
      }
    }
  }

  @Override
  public Profile inference(
      Graph graph,
      Weights weights,
      RunOptions options,
      ProfileLength length,
      Consumer<Program> run) {
    requireCpu(options);
    weights.requireFit(graph.name(), graph.weightShapes());
    try (ArrayStore store = folders.loading(() -> ArrayStore.open(options))) {
      TraceMarks marks = new TraceMarks(store, graph);
      try (Program program = DjlProgram.open(graph, weights, options, marks)) {
        return profile(graph, marks, length, () -> run.accept(program), () -> 0);
      }
    }
  }

  private void requireCpu(RunOptions options) {
    options.requireSupportOf(backend);
    if (options.device().kind() != Device.Kind.CPU) {
      throw new ConfigurationException(
          "backend djl profiles on the CPU only, but the device is %s; choose device cpu"
              .formatted(options.device()));
    }
  }

  /**
   * Measures the work.
   *
   * @param onHost returns the time that the optimizer has taken outside PyTorch so far
   */
  private static Profile profile(
      Graph graph, TraceMarks marks, ProfileLength length, Runnable work, DoubleSupplier onHost) {
    length.warmUp(work);
    double before = onHost.getAsDouble();
    try (TemporaryFile file = TemporaryFile.create("trifocal-profile-", ".json")) {
      marks.restart();
      JniUtils.startProfile(false, false, false);
      double milliseconds;
      try {
        Stopwatch watch = Stopwatch.start();
        length.measure(work);
        milliseconds = watch.seconds() * 1000;
      } finally {
        JniUtils.stopProfile(file.path().toString());
      }
      List<ProfileEntry> entries =
          new ArrayList<>(new MarkedTrace(ChromeTrace.read(file.path()), marks.marks()).entries());
      double update = onHost.getAsDouble() - before;
      if (update > 0) {
        entries.add(
            new ProfileEntry(
                ElementwiseUpdate.OPERATOR, List.of(), StepPhase.UPDATE, length.steps(), update));
      }
      return new Profile(length.steps(), milliseconds, entries);
    } catch (EngineException e) {
      throw EngineFailure.of(graph, e);
    }
  }
}
