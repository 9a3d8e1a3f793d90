package dev.trifocal.selection;

import dev.trifocal.backend.Backend;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.backend.TrainingSession;
import dev.trifocal.graph.Graph;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.train.LossGraph;
import dev.trifocal.train.Optimizer;
import dev.trifocal.train.TrainingPlan;
import java.util.Map;

/**
 * Training steps. A trial trains a copy of the weights, in a session of its own, with random inputs
 * and the same label distribution for all samples; it changes neither the checkpoint nor any random
 * number of later training.
 *
 * @param start graph, weights and slots to train from
 * @param batchSize samples per step, at least 1
 */
public record TrainingWorkload(
    TrainingPlan plan, Checkpoint start, int batchSize, RunOptions options) implements Workload {
  public TrainingWorkload {
    RandomBatch.requirePositive(batchSize);
  }

  /** Creates a workload with the initial weights of a graph and default options. */
  public static TrainingWorkload of(Graph graph, TrainingPlan plan, int batchSize) {
    return new TrainingWorkload(plan, Checkpoint.start(graph, 0), batchSize, RunOptions.DEFAULT);
  }

  @Override
  public Graph graph() {
    return loss().graph();
  }

  /**
   * Returns the job with the optimizer, whose slots determine the duration of an update, and with
   * recomputation, which not all backends can do.
   */
  @Override
  public String job() {
    Optimizer optimizer = plan.optimizer();
    String job =
        "training with %s %s".formatted(optimizer.getClass().getSimpleName(), optimizer.slots());
    return switch (options.activations()) {
      case KEEP -> job;
      case RECOMPUTE -> job + " and recomputation";
    };
  }

  @Override
  public String unit() {
    return "step";
  }

  @Override
  public Repetition start(Backend backend) {
    Map<String, Tensor> inputs = RandomBatch.inputs(start.graph(), batchSize);
    Map<String, Tensor> labels = RandomBatch.labels(loss(), batchSize);
    double rate = plan.optimizer().learningRate();
    // Only the run itself writes its step to a file.
    RunOptions plain = options.withoutPortableStep().typicalBatchSize(batchSize);
    TrainingSession session = backend.train(plan, start, plain);
    return new Repetition() {
      @Override
      public void run() {
        session.step(inputs, labels, rate);
      }

      @Override
      public void close() {
        session.close();
      }
    };
  }

  private LossGraph loss() {
    return LossGraph.of(start.graph(), plan.objectives());
  }
}
