package com.example;

import static dev.trifocal.layer.Layer.dense;
import static dev.trifocal.layer.Layer.flatten;
import static dev.trifocal.layer.Layer.relu;

import dev.trifocal.data.Splits;
import dev.trifocal.datasets.digits.DigitsDataset;
import dev.trifocal.graph.Graph;
import dev.trifocal.metric.Accuracy;
import dev.trifocal.selection.Backends;
import dev.trifocal.shape.Shape;
import dev.trifocal.train.Adam;
import dev.trifocal.trainer.Trainer;
import dev.trifocal.trainer.TrainingResult;
import java.nio.file.Path;

/**
 * Trains with a loss, a metric, a learning rate schedule and a callback defined in this project.
 */
public final class CustomLoss {
  private CustomLoss() {}

  /**
   * @param args the run directory to write; {@code target/run} by default
   */
  public static void main(String[] args) {
    TrainingResult result = train(Path.of(args.length > 0 ? args[0] : "target/run"));
    result
        .history()
        .forEach(epoch -> System.out.printf("epoch %d: %s%n", epoch.epoch(), epoch.validation()));
    System.out.println("ended: " + result.ending());
  }

  /**
   * @param run the run directory. It stores the records below by class name and components, so a
   *     resumed run restores them.
   */
  static TrainingResult train(Path run) {
    Graph network =
        Graph.build(
            "mlp",
            Shape.of(1, 28, 28),
            image ->
                image.then(flatten()).then("fc1", dense(64)).then(relu()).then("fc2", dense(10)));
    return Trainer.on(Backends.get("onnx"))
        .epochs(20)
        .loss(new ConfidencePenalty(0.1))
        .optimizer(Adam.of(0.005))
        .schedule(new PolynomialDecay(0.9))
        .metrics(new Accuracy(Graph.OUTPUT), new MeanMargin(Graph.OUTPUT))
        .callbacks(new StopAtAccuracy(0.93))
        .saveTo(run)
        .resume()
        .fit(network, data());
  }

  private static Splits data() {
    return Splits.of(
        new DigitsDataset("train", 42, 4000), new DigitsDataset("validation", 42, 500));
  }
}
