package dev.trifocal.apps.engine;

import static dev.trifocal.layer.Layer.relu;

import dev.trifocal.backend.Backend;
import dev.trifocal.backend.Profiler;
import dev.trifocal.backend.Program;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.backend.StepMemory;
import dev.trifocal.backend.StepSize;
import dev.trifocal.backend.TrainingSession;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.GraphBuilder;
import dev.trifocal.graph.Node;
import dev.trifocal.profile.Profile;
import dev.trifocal.profile.ProfileLength;
import dev.trifocal.random.RandomStream;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.train.TrainingPlan;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * Measures an engine on one batch of random images.
 *
 * @param backend the engine
 * @param options the options of the engine
 * @param size samples per batch, and batches per training step
 * @param warmUp the number of untimed repetitions to run first
 * @param repetitions the number of timed repetitions, at least 1
 */
public record EngineBenchmark(
    Backend backend, RunOptions options, StepSize size, int warmUp, int repetitions) {
  /** Loads the engine, whose libraries are no part of a step. */
  public void load() {
    GraphBuilder builder = new GraphBuilder("nothing");
    Graph nothing =
        builder.output(Graph.OUTPUT, builder.input("input", Shape.of(1)).then(relu())).graph();
    backend.compile(nothing, nothing.initialWeights(0), options).close();
  }

  /**
   * Measures training steps of a network with logits per image or per pixel: forward, backward,
   * update and the transfer of results to the host.
   */
  public Timings training(Graph graph, TrainingPlan plan, long seed) {
    Map<String, Tensor> inputs = inputs(graph, seed);
    Map<String, Tensor> labels = Map.of(Graph.OUTPUT, labels(graph));
    double rate = plan.optimizer().learningRate();
    try (TrainingSession session =
        backend.train(plan, Checkpoint.start(graph, seed), forBatches())) {
      return new ConcurrentRuns(1, warmUp, repetitions)
          .timings(() -> step(session, inputs, labels, rate));
    }
  }

  /**
   * Measures predictions: forward and the transfer of results to the host.
   *
   * @param concurrency number of threads that predict at the same time, each as often as {@link
   *     #repetitions()} says, after {@link #warmUp()}
   */
  public Timings inference(Graph graph, long seed, int concurrency) {
    Map<String, Tensor> inputs = inputs(graph, seed);
    try (Program program = backend.compile(graph, graph.initialWeights(seed), options)) {
      return new ConcurrentRuns(concurrency, warmUp, repetitions)
          .timings(() -> program.run(inputs));
    }
  }

  /**
   * Profiles training steps of a network with logits per image or per pixel.
   *
   * @throws ConfigurationException if the engine has no profiler
   */
  public Profile trainingProfile(Graph graph, TrainingPlan plan, long seed) {
    Map<String, Tensor> inputs = inputs(graph, seed);
    Map<String, Tensor> labels = Map.of(Graph.OUTPUT, labels(graph));
    double rate = plan.optimizer().learningRate();
    return profiler()
        .training(
            plan,
            Checkpoint.start(graph, seed),
            forBatches(),
            new ProfileLength(warmUp, repetitions),
            session -> step(session, inputs, labels, rate));
  }

  /**
   * Profiles predictions.
   *
   * @throws ConfigurationException if the engine has no profiler
   */
  public Profile inferenceProfile(Graph graph, long seed) {
    Map<String, Tensor> inputs = inputs(graph, seed);
    return profiler()
        .inference(
            graph,
            graph.initialWeights(seed),
            options,
            new ProfileLength(warmUp, repetitions),
            program -> program.run(inputs));
  }

  /**
   * Returns the engine's profiler.
   *
   * @throws ConfigurationException if it has none
   */
  public Profiler profiler() {
    return backend
        .profiler()
        .orElseThrow(
            () ->
                new ConfigurationException(
                    "backend %s has no profiler; omit --profile, or choose backend onnx, djl or dl4j"
                        .formatted(backend.name())));
  }

  /** Predicts the peak memory of training steps; empty if the engine does not tell. */
  public Optional<StepMemory> predictedMemory(Graph graph, TrainingPlan plan) {
    return backend.stepMemory(plan, graph, size, forBatches());
  }

  private void step(
      TrainingSession session,
      Map<String, Tensor> inputs,
      Map<String, Tensor> labels,
      double rate) {
    if (!size.accumulates()) {
      session.step(inputs, labels, rate);
      return;
    }
    for (int batch = 0; batch < size.batches(); batch++) {
      session.accumulate(inputs, labels);
    }
    session.update(rate);
  }

  private RunOptions forBatches() {
    return options.typicalBatchSize(size.batchSize());
  }

  private Map<String, Tensor> inputs(Graph graph, long seed) {
    Map<String, Tensor> result = new LinkedHashMap<>();
    for (Node node : graph.inputs()) {
      RandomStream random = RandomStream.of(seed).at("benchmark").at(node.path());
      result.put(
          node.path(),
          Tensor.floats(
              node.shape().batch(size.batchSize()),
              buffer -> {
                for (int i = 0; i < buffer.capacity(); i++) {
                  buffer.put(i, random.uniform(i));
                }
              }));
    }
    return result;
  }

  private Tensor labels(Graph graph) {
    Shape logits = graph.output(Graph.OUTPUT).shape();
    int classes = logits.size(0);
    Shape labels = logits.sample().batch(size.batchSize());
    long[] ids = LongStream.range(0, labels.elements()).map(i -> i % classes).toArray();
    return Tensor.of(labels, ids);
  }
}
