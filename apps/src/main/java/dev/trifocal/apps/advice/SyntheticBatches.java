package dev.trifocal.apps.advice;

import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Node;
import dev.trifocal.random.RandomStream;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Batches that a classifier can learn, for networks of any input size: each class has stripes of
 * its own, under noise. The same samples at other sizes show the same stripes.
 *
 * @param batchSize samples per batch
 */
record SyntheticBatches(Graph graph, int batchSize, long seed) {
  private static final int MOST_CLASSES = 10;
  private static final double NOISE = 0.3;

  /** Returns the inputs of a batch, with values around 0. */
  Map<String, Tensor> inputs(int batch) {
    Map<String, Tensor> result = new LinkedHashMap<>();
    for (Node node : graph.inputs()) {
      Shape shape = node.shape();
      result.put(
          node.path(),
          Tensor.floats(
              shape.batch(batchSize),
              values -> {
                for (int i = 0; i < batchSize; i++) {
                  sample(values, shape, batch * batchSize + i);
                }
              }));
    }
    return result;
  }

  /** Returns the labels of a batch: class ids {@code [N]}, or {@code [N, H, W]}. */
  Map<String, Tensor> labels(int batch) {
    Shape logits = graph.output(Graph.OUTPUT).shape();
    Shape shape = logits.sample().batch(batchSize);
    long each = shape.elements() / batchSize;
    long[] ids = new long[Math.toIntExact(shape.elements())];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = category(batch * batchSize + (int) (i / each));
    }
    return Map.of(Graph.OUTPUT, Tensor.of(shape, ids));
  }

  private int category(int sample) {
    return sample % Math.min(MOST_CLASSES, graph.output(Graph.OUTPUT).shape().size(0));
  }

  private void sample(FloatBuffer values, Shape shape, int sample) {
    int width = shape.size(shape.rank() - 1);
    int height = shape.rank() > 1 ? shape.size(shape.rank() - 2) : 1;
    int category = category(sample);
    double waves = 1 + category % 5;
    boolean vertical = category >= 5;
    RandomStream noise = RandomStream.of(seed).at("advice").at(sample);
    for (int i = 0; i < shape.elements(); i++) {
      double place = vertical ? i / width % height / (double) height : i % width / (double) width;
      double stripe = Math.sin(2 * Math.PI * waves * place);
      values.put((float) (stripe + NOISE * (2 * noise.uniform(i) - 1)));
    }
  }
}
