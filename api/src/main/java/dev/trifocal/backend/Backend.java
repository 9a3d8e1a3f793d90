package dev.trifocal.backend;

import dev.trifocal.graph.Graph;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.train.TrainingPlan;
import dev.trifocal.weights.Weights;
import java.util.List;
import java.util.Optional;

/**
 * Runs and trains graphs on an engine. What a graph means is defined by {@code api}; a backend only
 * translates it.
 */
public interface Backend {
  /** Returns the name by which configurations select this backend, for example {@code onnx}. */
  String name();

  /** Returns the engine's display name and version: {@code ONNX Runtime 1.29.0}. */
  String engine();

  /** Returns the devices currently available. */
  List<Device> devices();

  /** Returns the precisions in which this engine computes programs; float32 by default. */
  default List<ComputePrecision> precisions() {
    return List.of(ComputePrecision.FLOAT32);
  }

  /**
   * Returns this engine's limitations as human-readable phrases, such as {@code no GPU}.
   * Unsupported layers are not included; see {@link #unsupported}.
   */
  List<String> limits();

  /**
   * Returns the nodes of a graph that this backend cannot run or train; empty if it supports the
   * whole graph. {@link #compile} and {@link #train} reject a graph for exactly these reasons.
   */
  List<UnsupportedNode> unsupported(Graph graph);

  /**
   * Compiles a graph with its weights for evaluation.
   *
   * @throws dev.trifocal.error.WeightsException if the weights do not match the graph
   * @throws dev.trifocal.error.UnsupportedLayerException if {@link #unsupported} returns any nodes
   * @throws dev.trifocal.error.ConfigurationException if the device is not available, or neither
   *     the engine nor the processor computes faster in the precision
   */
  Program compile(Graph graph, Weights weights, RunOptions options);

  /**
   * Starts a training session from a checkpoint; the first step is {@code checkpoint.step() + 1}.
   *
   * @throws dev.trifocal.error.TrifocalException for the same reasons as {@link #compile}; also if
   *     the plan names an output that the graph does not have, or if the options request a portable
   *     step and the backend does not compile steps
   */
  TrainingSession train(TrainingPlan plan, Checkpoint checkpoint, RunOptions options);

  /**
   * Predicts the memory of training steps without running one; empty if the backend cannot tell.
   *
   * @param size batch size, and number of batches per step
   * @throws dev.trifocal.error.TrifocalException for the same reasons as {@link #train}
   */
  default Optional<StepMemory> stepMemory(
      TrainingPlan plan, Graph graph, StepSize size, RunOptions options) {
    return Optional.empty();
  }

  /**
   * Returns a profiler, which measures where the engine spends its time; empty if the engine does
   * not tell.
   */
  default Optional<Profiler> profiler() {
    return Optional.empty();
  }
}
