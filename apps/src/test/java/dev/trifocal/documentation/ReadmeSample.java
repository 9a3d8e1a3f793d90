package dev.trifocal.documentation;

import static dev.trifocal.layer.Layer.conv;
import static dev.trifocal.layer.Layer.dense;
import static dev.trifocal.layer.Layer.flatten;
import static dev.trifocal.layer.Layer.maxPool;
import static dev.trifocal.layer.Layer.relu;

import dev.trifocal.backend.Backend;
import dev.trifocal.backend.Backends;
import dev.trifocal.backend.Program;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.data.Splits;
import dev.trifocal.graph.Graph;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.trainer.Trainer;
import java.util.Map;

/** The sample of the README, compiled and run; there it is broken into lines more tightly. */
final class ReadmeSample {
  private ReadmeSample() {}

  // sample: begin
  static Tensor trainAndPredict(Splits data) {
    Graph graph =
        Graph.build(
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
    Backend backend = Backends.get("onnx");
    Checkpoint best =
        Trainer.on(backend).epochs(3).batchSize(64).fit(graph, data).best().checkpoint();
    try (Program program = backend.compile(graph, best.weights(), RunOptions.DEFAULT)) {
      Tensor images = data.test().orElseThrow().batch(new int[] {0, 1}).input();
      return program.run(Map.of(Graph.INPUT, images)).get(Graph.OUTPUT).softmax(1);
    }
  }
  // sample: end
}
