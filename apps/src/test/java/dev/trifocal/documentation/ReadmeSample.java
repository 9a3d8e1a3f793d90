package dev.trifocal.documentation;

import static dev.trifocal.layer.Layer.conv;
import static dev.trifocal.layer.Layer.dense;
import static dev.trifocal.layer.Layer.flatten;
import static dev.trifocal.layer.Layer.maxPool;
import static dev.trifocal.layer.Layer.relu;

import dev.trifocal.backend.Backend;
import dev.trifocal.backend.Program;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.data.Splits;
import dev.trifocal.graph.Graph;
import dev.trifocal.metric.Accuracy;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.train.Adam;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.train.SoftmaxCrossEntropy;
import dev.trifocal.train.TrainingPlan;
import dev.trifocal.trainer.Callbacks;
import dev.trifocal.trainer.FitOptions;
import dev.trifocal.trainer.MemoryCheckpoints;
import dev.trifocal.trainer.Trainer;
import dev.trifocal.trainer.TrainingState;
import dev.trifocal.weights.Weights;
import java.util.List;
import java.util.Map;

/** The sample of the README, compiled and run; there it is broken into lines more tightly. */
interface ReadmeSample {
  // sample: begin
  static Tensor trainAndPredict(Backend backend, Splits data) {
    Graph graph =
        Graph.draw(
            "small",
            data.train().sampleShape(),
            image ->
                image
                    .then("conv1", conv(16, 3).same())
                    .then(relu())
                    .then(maxPool(2))
                    .then("conv2", conv(32, 3).same())
                    .then(relu())
                    .then(maxPool(2))
                    .then(flatten())
                    .then("fc", dense(10)));
    TrainingPlan plan = TrainingPlan.of(new SoftmaxCrossEntropy(), Adam.of(0.001));
    TrainingState start =
        TrainingState.start(
            Checkpoint.start(graph, 42),
            plan,
            List.of(new Accuracy(Graph.OUTPUT)),
            data.train().classes());
    Weights best =
        new Trainer(backend, RunOptions.DEFAULT, Callbacks.none())
            .fit(start, data, FitOptions.of(3, 64), new MemoryCheckpoints(), () -> false)
            .best()
            .checkpoint()
            .weights();
    try (Program program = backend.compile(graph, best, RunOptions.DEFAULT)) {
      return program
          .run(Map.of(Graph.INPUT, data.test().orElseThrow().batch(new int[] {0, 1}).input()))
          .get(Graph.OUTPUT);
    }
  }
  // sample: end
}
