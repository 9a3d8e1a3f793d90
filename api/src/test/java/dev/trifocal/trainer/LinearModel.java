package dev.trifocal.trainer;

import dev.trifocal.error.DataException;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Node;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.train.PlainGraph;
import dev.trifocal.weights.Weights;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code x W^T + b} and its gradient. */
record LinearModel(Graph graph, Weights weights) {
  static LinearModel of(Graph graph, Weights weights) {
    return new LinearModel(graph, weights.requireFit(graph.name(), graph.weightShapes()));
  }

  Tensor input(Map<String, Tensor> inputs) {
    Node node = graph.inputs().get(0);
    Tensor input = inputs.get(node.path());
    if (input == null || !input.shape().sample().equals(node.shape())) {
      throw new DataException(node.path() + " needs samples of " + node.shape());
    }
    return input;
  }

  /** By output name; whatever lies behind the logits is worked out in double precision. */
  Map<String, Tensor> outputs(Map<String, Tensor> inputs) {
    Map<String, PlainGraph.Array> known = new HashMap<>();
    for (Node node : graph.inputs().subList(1, graph.inputs().size())) {
      known.put(node.path(), PlainGraph.Array.of(inputs.get(node.path())));
    }
    known.put(dense(), PlainGraph.Array.of(logits(inputs)));
    Map<String, Tensor> result = new LinkedHashMap<>();
    PlainGraph.run(graph, known).forEach((name, array) -> result.put(name, array.tensor()));
    return result;
  }

  private Tensor logits(Map<String, Tensor> inputs) {
    FloatBuffer x = input(inputs).floats();
    int batch = input(inputs).shape().size(0);
    FloatBuffer w = weights.tensor(dense() + ".weight").floats();
    FloatBuffer b = weights.tensor(dense() + ".bias").floats();
    int units = b.capacity();
    int features = w.capacity() / units;
    return Tensor.floats(
        Shape.of(batch, units),
        z -> {
          for (int i = 0; i < z.capacity(); i++) {
            float sum = b.get(i % units);
            for (int f = 0; f < features; f++) {
              sum += x.get(i / units * features + f) * w.get(i % units * features + f);
            }
            z.put(i, sum);
          }
        });
  }

  /** By parameter name, from the gradient of the logits {@code [N, K]}. */
  Map<String, float[]> gradients(Tensor input, float[] logits) {
    FloatBuffer x = input.floats();
    int batch = input.shape().size(0);
    int units = logits.length / batch;
    int features = x.capacity() / batch;
    float[] weight = new float[units * features];
    float[] bias = new float[units];
    for (int n = 0; n < batch; n++) {
      for (int k = 0; k < units; k++) {
        float g = logits[n * units + k];
        bias[k] += g;
        for (int f = 0; f < features; f++) {
          weight[k * features + f] += g * x.get(n * features + f);
        }
      }
    }
    Map<String, float[]> result = new LinkedHashMap<>();
    result.put(dense() + ".weight", weight);
    result.put(dense() + ".bias", bias);
    return result;
  }

  String dense() {
    return graph.nodes().get(2).path();
  }
}
