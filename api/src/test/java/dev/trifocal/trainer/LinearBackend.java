package dev.trifocal.trainer;

import dev.trifocal.backend.Backend;
import dev.trifocal.backend.Device;
import dev.trifocal.backend.Program;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.backend.TrainingSession;
import dev.trifocal.backend.UnsupportedNode;
import dev.trifocal.error.UnsupportedLayerException;
import dev.trifocal.graph.Graph;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.train.TrainingPlan;
import dev.trifocal.weights.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A real engine for a small family: one dense layer on flattened samples, in plain Java, with a
 * loss behind it.
 */
final class LinearBackend implements Backend {
  private static final Set<String> KINDS = Set.of("Input", "Flatten", "Dense");

  private final List<RunOptions> trainedWith = new ArrayList<>();

  @Override
  public String name() {
    return "linear";
  }

  @Override
  public String engine() {
    return "plain Java";
  }

  @Override
  public List<Device> devices() {
    return List.of(Device.CPU);
  }

  @Override
  public List<String> limits() {
    return List.of();
  }

  @Override
  public List<UnsupportedNode> unsupported(Graph graph) {
    List<String> kinds = graph.nodes().stream().map(node -> node.layer().kind()).toList();
    if (kinds.size() >= 3 && kinds.subList(0, 3).equals(List.of("Input", "Flatten", "Dense"))) {
      return List.of();
    }
    return graph.nodes().stream()
        .filter(node -> !KINDS.contains(node.layer().kind()) || kinds.size() < 3)
        .map(node -> new UnsupportedNode(node.path(), node.layer().kind(), "only Flatten, Dense"))
        .toList();
  }

  @Override
  public Program compile(Graph graph, Weights weights, RunOptions options) {
    requireSupported(graph);
    LinearModel model = LinearModel.of(graph, weights);
    return new Program() {
      @Override
      public Map<String, Tensor> run(Map<String, Tensor> inputs) {
        return model.outputs(inputs);
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public TrainingSession train(TrainingPlan plan, Checkpoint checkpoint, RunOptions options) {
    requireSupported(checkpoint.graph());
    trainedWith.add(options);
    return new LinearTrainingSession(plan, checkpoint);
  }

  /** Returns the options of all sessions so far. */
  List<RunOptions> trainedWith() {
    return trainedWith;
  }

  private void requireSupported(Graph graph) {
    if (!unsupported(graph).isEmpty()) {
      throw new UnsupportedLayerException("linear cannot run " + unsupported(graph));
    }
  }
}
