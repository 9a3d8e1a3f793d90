package dev.trifocal.backend.djl;

import ai.djl.util.Utils;
import dev.trifocal.backend.Backend;
import dev.trifocal.backend.ComputePrecision;
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

/** PyTorch through DJL; runs and trains all layers. */
final class DjlBackend implements Backend {
  /** The folders of JNA, which loads the OneDNN check, and of DJL. */
  private static final NativeLibraryFolders FOLDERS =
      new NativeLibraryFolders(
          "djl",
          List.of(
              Path.of(System.getProperty("jna.tmpdir", System.getProperty("java.io.tmpdir"))),
              Path.of(System.getProperty("user.home"), ".cache"),
              Utils.getEngineCacheDir("pytorch")),
          "choose other folders with -Djna.tmpdir=DIR and the environment variable DJL_CACHE_DIR=DIR"
              + " (command line: TRIFOCAL_JAVA_OPTS='-Djna.tmpdir=DIR -Djava.io.tmpdir=DIR')");

  private final NativeLibraries libraries;

  /**
   * Looks for PyTorch's native libraries without loading them.
   *
   * @throws ConfigurationException if they are not on the class path
   */
  DjlBackend() {
    this.libraries = NativeLibraries.require();
  }

  @Override
  public String name() {
    return "djl";
  }

  @Override
  public String engine() {
    return "PyTorch %s (DJL %s)".formatted(libraries.pytorch(), libraries.djl());
  }

  @Override
  public List<Device> devices() {
    return libraries.devices();
  }

  @Override
  public List<ComputePrecision> precisions() {
    return List.of(ComputePrecision.FLOAT32, ComputePrecision.BF16);
  }

  @Override
  public List<String> limits() {
    return List.of("no portable step", "bf16 for predictions only");
  }

  @Override
  public List<UnsupportedNode> unsupported(Graph graph) {
    return List.of();
  }

  @Override
  public Program compile(Graph graph, Weights weights, RunOptions options) {
    options.requireSupportOf(this);
    weights.requireFit(graph.name(), graph.weightShapes());
    return FOLDERS.loading(() -> DjlProgram.open(graph, weights, options, new Unobserved()));
  }

  @Override
  public TrainingSession train(TrainingPlan plan, Checkpoint checkpoint, RunOptions options) {
    requireTrainable(options);
    return FOLDERS.loading(
        () -> DjlTrainingSession.open(plan, checkpoint, options, new Unobserved()));
  }

  @Override
  public Optional<StepMemory> stepMemory(
      TrainingPlan plan, Graph graph, StepSize size, RunOptions options) {
    requireTrainable(options);
    if (options.device().kind() == Device.Kind.GPU) {
      return Optional.empty();
    }
    return Optional.of(StepMemorySimulation.of(plan, graph, size));
  }

  private void requireTrainable(RunOptions options) {
    options.requireSupportOf(this).requireKeptActivationsFor(this).requireTrainable();
    options
        .portableStep()
        .ifPresent(
            file -> {
              throw new ConfigurationException(
                  "backend djl cannot write its training step to %s, because PyTorch runs operators one by one; choose backend onnx"
                      .formatted(file));
            });
  }

  @Override
  public Optional<Profiler> profiler() {
    return Optional.of(new DjlProfiler(this, FOLDERS));
  }
}
