package com.example;

import static dev.trifocal.layer.Layer.conv;
import static dev.trifocal.layer.Layer.dense;
import static dev.trifocal.layer.Layer.flatten;
import static dev.trifocal.layer.Layer.maxPool;
import static dev.trifocal.layer.Layer.relu;

import dev.trifocal.backend.Backend;
import dev.trifocal.datasets.digits.DigitsDataset;
import dev.trifocal.graph.Graph;
import dev.trifocal.image.Preprocessing;
import dev.trifocal.shape.Shape;
import dev.trifocal.train.Adam;
import dev.trifocal.trainer.Trainer;
import dev.trifocal.trainer.TrainingResult;
import dev.trifocal.zoo.Pretrained;

/** A base that needs no download: a small network, trained on handwritten digits. */
final class DigitsBase {
  private DigitsBase() {}

  static Pretrained pretrained(Backend backend) {
    DigitsDataset digits = new DigitsDataset("train", 42, 2000);
    Graph graph =
        Graph.build(
            "digits",
            Shape.of(1, 28, 28),
            image ->
                image
                    .then("conv1", conv(8, 3).same())
                    .then(relu())
                    .then(maxPool(2))
                    .then("conv2", conv(16, 3).same())
                    .then(relu())
                    .then(maxPool(2))
                    .then(flatten())
                    .then("fc", dense(10)));
    TrainingResult trained =
        Trainer.on(backend).epochs(3).optimizer(Adam.of(0.005)).fit(graph, digits);
    return new Pretrained(graph, trained.weights(), Preprocessing.UNIT, digits.classes());
  }
}
