package dev.trifocal.apps.engine;

import dev.trifocal.backend.Backend;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.backend.TrainingSession;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Node;
import dev.trifocal.random.RandomStream;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.train.TrainingPlan;
import dev.trifocal.trainer.Stopwatch;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * Measures training steps of a classifier on one batch of random images: forward, backward, update
 * and the transfer of results to the host.
 *
 * @param backend the engine
 * @param options the options of the engine
 * @param batchSize the samples per step
 * @param warmUp the number of untimed steps to run first
 */
public record StepBenchmark(Backend backend, RunOptions options, int batchSize, int warmUp) {
  /** Returns the mean time per step, in milliseconds. */
  public double milliseconds(Graph graph, TrainingPlan plan, long seed, int steps) {
    Map<String, Tensor> inputs = inputs(graph, seed);
    Map<String, Tensor> labels = Map.of(Graph.OUTPUT, labels(graph));
    double rate = plan.optimizer().learningRate();
    try (TrainingSession session = backend.train(plan, Checkpoint.start(graph, seed), options)) {
      for (int i = 0; i < warmUp; i++) {
        session.step(inputs, labels, rate);
      }
      Stopwatch watch = Stopwatch.start();
      for (int i = 0; i < steps; i++) {
        session.step(inputs, labels, rate);
      }
      return watch.seconds() * 1000 / steps;
    }
  }

  private Map<String, Tensor> inputs(Graph graph, long seed) {
    Map<String, Tensor> result = new LinkedHashMap<>();
    for (Node node : graph.inputs()) {
      RandomStream random = RandomStream.of(seed).at("benchmark").at(node.path());
      result.put(
          node.path(),
          Tensor.floats(
              node.shape().batch(batchSize),
              buffer -> {
                for (int i = 0; i < buffer.capacity(); i++) {
                  buffer.put(i, random.uniform(i));
                }
              }));
    }
    return result;
  }

  private Tensor labels(Graph graph) {
    int classes = graph.output(Graph.OUTPUT).shape().size(0);
    long[] ids = LongStream.range(0, batchSize).map(i -> i % classes).toArray();
    return Tensor.of(Shape.of(batchSize), ids);
  }
}
