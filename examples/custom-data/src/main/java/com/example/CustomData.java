package com.example;

import static dev.trifocal.layer.Layer.conv;
import static dev.trifocal.layer.Layer.dense;
import static dev.trifocal.layer.Layer.flatten;
import static dev.trifocal.layer.Layer.maxPool;
import static dev.trifocal.layer.Layer.relu;

import dev.trifocal.data.Splits;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.GraphBuilder;
import dev.trifocal.graph.Value;
import dev.trifocal.selection.Backends;
import dev.trifocal.shape.Shape;
import dev.trifocal.train.Adam;
import dev.trifocal.trainer.Trainer;
import dev.trifocal.trainer.TrainingResult;
import java.nio.file.Path;

/** Trains a network with two inputs on a data set defined in this project. */
public final class CustomData {
  private CustomData() {}

  /**
   * @param args the run directory to write; {@code target/run} by default
   */
  public static void main(String[] args) {
    TrainingResult result = train(Path.of(args.length > 0 ? args[0] : "target/run"));
    result
        .history()
        .forEach(epoch -> System.out.printf("epoch %d: %s%n", epoch.epoch(), epoch.validation()));
  }

  static TrainingResult train(Path run) {
    Splits data =
        Splits.of(DigitComparison.of("train", 42, 4000), DigitComparison.of("validation", 42, 500));
    return Trainer.on(Backends.get("onnx"))
        .epochs(4)
        .optimizer(Adam.of(0.004))
        .saveTo(run)
        .resume()
        .fit(network(), data);
  }

  /** The inputs have the names that the data set gives them. */
  static Graph network() {
    GraphBuilder builder = new GraphBuilder("comparison");
    Value image =
        builder
            .input(DigitComparison.IMAGE, Shape.of(1, 28, 28))
            .then("conv1", conv(8, 3).same())
            .then(relu())
            .then(maxPool(2))
            .then("conv2", conv(16, 3).same())
            .then(relu())
            .then(maxPool(2))
            .then(flatten());
    Value number = builder.input(DigitComparison.NUMBER, Shape.of(10));
    Value logits =
        image
            .concat(number)
            .then("fc1", dense(64))
            .then(relu())
            .then("fc2", dense(DigitComparison.CLASSES.size()));
    return builder.output(Graph.OUTPUT, logits).graph();
  }
}
