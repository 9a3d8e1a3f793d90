package dev.trifocal.backend;

import dev.trifocal.graph.Graph;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.train.TrainingPlan;
import dev.trifocal.weights.Weights;
import java.util.List;

/** An engine that runs and trains graphs. Backends translate what {@code api} means; no more. */
public interface Backend {
  /** The word in the configuration, for example {@code onnx}. */
  String name();

  /** The engine and its version, for people: {@code ONNX Runtime 1.29.0}. */
  String engine();

  /** The devices that are there now. */
  List<Device> devices();

  /**
   * What this engine cannot do that others may, for people: a phrase each, such as {@code no GPU};
   * layers are not among it, see {@link #unsupported}.
   */
  List<String> limits();

  /**
   * What this backend cannot run or train of a graph; empty if it can all. {@link #compile} and
   * {@link #train} refuse a graph for exactly these reasons.
   */
  List<UnsupportedNode> unsupported(Graph graph);

  /**
   * @throws dev.trifocal.error.WeightsException if the weights do not fit the graph
   * @throws dev.trifocal.error.UnsupportedLayerException as {@link #unsupported} says
   * @throws dev.trifocal.error.ConfigurationException if the device is not there
   */
  Program compile(Graph graph, Weights weights, RunOptions options);

  /**
   * Prepares to train from a checkpoint, its first step being {@code checkpoint.step() + 1}.
   *
   * @throws dev.trifocal.error.TrifocalException as {@link #compile} does, if the plan names an
   *     output that the graph does not have, or if the options ask for what the step was compiled
   *     to and the backend compiles nothing
   */
  TrainingSession train(TrainingPlan plan, Checkpoint checkpoint, RunOptions options);
}
