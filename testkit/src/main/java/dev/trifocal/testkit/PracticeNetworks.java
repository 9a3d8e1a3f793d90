package dev.trifocal.testkit;

import dev.trifocal.backend.TrainingSession;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.GraphBuilder;
import dev.trifocal.graph.Value;
import dev.trifocal.layer.Layer;
import dev.trifocal.random.RandomStream;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.train.Adam;
import dev.trifocal.train.SoftmaxCrossEntropy;
import dev.trifocal.train.TrainingPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Small networks with all mode-dependent layers, and batches for them. */
final class PracticeNetworks {
  /** The shape of one sample. */
  static final Shape SAMPLE = Shape.of(2, 6, 5);

  /** The number of classes. */
  static final int CLASSES = 3;

  private PracticeNetworks() {}

  /** A network with batch norm and dropout. */
  static Graph net() {
    return Graph.build("practice", SAMPLE, x -> body(x).then("head", Layer.dense(CLASSES)));
  }

  /** A network with two outputs: {@code classes [3]} and {@code sizes [2]}. */
  static Graph twoHeads() {
    GraphBuilder builder = new GraphBuilder("two_heads");
    Value body = body(builder.input(Graph.INPUT, SAMPLE));
    return builder
        .output("classes", body.then("classes", Layer.dense(CLASSES)))
        .output("sizes", body.then("sizes", Layer.dense(2)))
        .graph();
  }

  static TrainingPlan plan() {
    return TrainingPlan.of(new SoftmaxCrossEntropy(), Adam.of(0.01));
  }

  static Map<String, Tensor> inputs(long step, int batch) {
    return Map.of(Graph.INPUT, noise("input", step, SAMPLE.batch(batch)));
  }

  static Tensor noise(String purpose, long step, Shape shape) {
    RandomStream stream = RandomStream.of(5).at(purpose).at(step);
    return Tensor.floats(
        shape,
        buffer -> {
          for (int i = 0; i < buffer.capacity(); i++) {
            buffer.put(i, (float) stream.gaussian(i));
          }
        });
  }

  static Tensor ids(long step, int batch) {
    RandomStream stream = RandomStream.of(5).at("labels").at(step);
    long[] ids = new long[batch];
    for (int i = 0; i < batch; i++) {
      ids[i] = stream.below(i, CLASSES);
    }
    return Tensor.of(Shape.of(batch), ids);
  }

  static Map<String, Tensor> labels(long step, int batch) {
    return Map.of(Graph.OUTPUT, ids(step, batch));
  }

  /** Returns the losses of steps {@code first} to {@code last}, each with its own batch. */
  static List<Double> steps(TrainingSession session, int first, int last) {
    List<Double> losses = new ArrayList<>();
    for (int step = first; step <= last; step++) {
      int batch = step % 3 == 0 ? 2 : 4;
      losses.add(session.step(inputs(step, batch), labels(step, batch), 0.01).loss());
    }
    return losses;
  }

  private static Value body(Value x) {
    return x.block(
            "features",
            v ->
                v.then("conv", Layer.conv(4, 3).padding(1))
                    .then("norm", Layer.batchNorm())
                    .then(Layer.relu())
                    .then(Layer.maxPool(2)))
        .then(Layer.flatten())
        .then("hidden", Layer.dense(6))
        .then("norm", Layer.batchNorm())
        .then(Layer.tanh())
        .then("drop", Layer.dropout(0.25));
  }
}
