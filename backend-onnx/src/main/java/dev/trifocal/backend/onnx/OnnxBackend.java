package dev.trifocal.backend.onnx;

import dev.trifocal.backend.Backend;
import dev.trifocal.backend.Device;
import dev.trifocal.backend.Profiler;
import dev.trifocal.backend.Program;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.backend.StepMemory;
import dev.trifocal.backend.StepSize;
import dev.trifocal.backend.TrainingSession;
import dev.trifocal.backend.UnsupportedNode;
import dev.trifocal.graph.Graph;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.train.TrainingPlan;
import dev.trifocal.weights.Weights;
import java.util.List;
import java.util.Optional;

/** ONNX Runtime on the CPU; runs and trains all layers. */
final class OnnxBackend implements Backend {
  /**
   * Creates the backend.
   *
   * @throws dev.trifocal.error.ConfigurationException if there is no native library for this
   *     platform
   */
  OnnxBackend() {
    NativeLibraryLoading.here().of(OnnxSessions::environment);
  }

  @Override
  public String name() {
    return "onnx";
  }

  @Override
  public String engine() {
    return "ONNX Runtime " + OnnxSessions.environment().getVersion();
  }

  @Override
  public List<Device> devices() {
    return List.of(Device.CPU);
  }

  @Override
  public List<String> limits() {
    return List.of("no GPU");
  }

  @Override
  public List<UnsupportedNode> unsupported(Graph graph) {
    return List.of();
  }

  @Override
  public Program compile(Graph graph, Weights weights, RunOptions options) {
    options.requireSupportOf(this);
    return OnnxProgram.open(graph, weights, options, OnnxSessions::open);
  }

  @Override
  public TrainingSession train(TrainingPlan plan, Checkpoint checkpoint, RunOptions options) {
    options.requireSupportOf(this);
    return OnnxTrainingSession.open(this, plan, checkpoint, options, OnnxSessions::open);
  }

  @Override
  public Optional<StepMemory> stepMemory(
      TrainingPlan plan, Graph graph, StepSize size, RunOptions options) {
    options.requireSupportOf(this);
    return Optional.of(StepMemoryPrediction.of(plan, graph, size, options));
  }

  @Override
  public Optional<Profiler> profiler() {
    return Optional.of(new OnnxProfiler(this));
  }
}
