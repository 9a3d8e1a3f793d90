package dev.trifocal.backend.dl4j;

import dev.trifocal.backend.Backend;
import dev.trifocal.backend.Device;
import dev.trifocal.backend.NativeLibraryFolders;
import dev.trifocal.backend.Profiler;
import dev.trifocal.backend.Program;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.backend.StepMemory;
import dev.trifocal.backend.StepSize;
import dev.trifocal.backend.TrainingSession;
import dev.trifocal.backend.UnsupportedNode;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.graph.Graph;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.train.TrainingPlan;
import dev.trifocal.weights.Weights;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** ND4J on the CPU; runs and trains all layers. */
final class Dl4jBackend implements Backend {
  /** Where JavaCPP unpacks. */
  private static final NativeLibraryFolders FOLDERS =
      new NativeLibraryFolders(
          "dl4j",
          List.of(
              Path.of(
                  System.getProperty(
                      "org.bytedeco.javacpp.cachedir",
                      Path.of(System.getProperty("user.home"), ".javacpp", "cache").toString())),
              Path.of(System.getProperty("java.io.tmpdir"))),
          "choose other folders with -Dorg.bytedeco.javacpp.cachedir=DIR -Djava.io.tmpdir=DIR (command"
              + " line: in TRIFOCAL_JAVA_OPTS)");

  @Override
  public String name() {
    return "dl4j";
  }

  @Override
  public String engine() {
    return "ND4J " + LibraryVersion.ND4J.version();
  }

  @Override
  public List<Device> devices() {
    return List.of(Device.CPU);
  }

  @Override
  public List<String> limits() {
    return List.of("no GPU", "no portable step");
  }

  @Override
  public List<UnsupportedNode> unsupported(Graph graph) {
    return List.of();
  }

  @Override
  public Program compile(Graph graph, Weights weights, RunOptions options) {
    options.requireSupportOf(this);
    weights.requireFit(graph.name(), graph.weightShapes());
    return FOLDERS.loading(() -> Dl4jProgram.open(graph, weights, options, new Unobserved()));
  }

  /**
   * Opens a training session.
   *
   * @throws ConfigurationException also if the options request a portable step, because operators
   *     run one by one
   */
  @Override
  public TrainingSession train(TrainingPlan plan, Checkpoint checkpoint, RunOptions options) {
    requireTrainable(options);
    return FOLDERS.loading(
        () -> Dl4jTrainingSession.open(plan, checkpoint, options, new Unobserved()));
  }

  @Override
  public Optional<StepMemory> stepMemory(
      TrainingPlan plan, Graph graph, StepSize size, RunOptions options) {
    requireTrainable(options);
    return Optional.of(FOLDERS.loading(() -> StepMemoryPrediction.of(plan, graph, size, options)));
  }

  private void requireTrainable(RunOptions options) {
    options.requireSupportOf(this).requireKeptActivationsFor(this);
    options
        .portableStep()
        .ifPresent(
            file -> {
              throw new ConfigurationException(
                  "backend dl4j cannot write its training step to %s, because ND4J runs operators one by one; choose backend onnx"
                      .formatted(file));
            });
  }

  @Override
  public Optional<Profiler> profiler() {
    return Optional.of(new Dl4jProfiler(this, FOLDERS));
  }
}
