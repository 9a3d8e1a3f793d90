package dev.trifocal.apps.engine;

import dev.trifocal.config.OptimizerSettings;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Logits;
import dev.trifocal.shape.Shape;
import dev.trifocal.train.SoftmaxCrossEntropy;
import dev.trifocal.train.TrainingPlan;

/** Training steps of a network with classes per image or per pixel, for measurements. */
public final class ClassifierTraining {
  private ClassifierTraining() {}

  /**
   * Returns a network that ends with logits, {@code [C]} or {@code [C, H, W]}.
   *
   * @param model name of the network, for messages
   * @throws ConfigurationException if the network has another output
   */
  public static Graph graph(String model, Graph network) {
    Graph graph = Logits.of(network).graph();
    Shape output = graph.output(Graph.OUTPUT).shape();
    if (output.rank() != 1 && output.rank() != 3) {
      throw new ConfigurationException(
          "%s has the output %s; training steps can be measured only for outputs [C] (classes per image) or [C, H, W] (classes per pixel)"
              .formatted(model, output));
    }
    return graph;
  }

  /** Returns a plan with cross-entropy. */
  public static TrainingPlan plan(OptimizerSettings optimizer) {
    return TrainingPlan.of(new SoftmaxCrossEntropy(), optimizer.optimizer());
  }
}
