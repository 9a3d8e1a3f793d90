package dev.trifocal.selection;

import dev.trifocal.backend.Backend;
import dev.trifocal.backend.Program;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.graph.Graph;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.weights.Weights;
import java.util.Map;

/**
 * Predictions for batches of random inputs.
 *
 * @param batchSize samples per batch, at least 1
 */
public record InferenceWorkload(Graph graph, Weights weights, int batchSize, RunOptions options)
    implements Workload {
  public InferenceWorkload {
    RandomBatch.requirePositive(batchSize);
  }

  /** Creates a workload with default options. */
  public static InferenceWorkload of(Graph graph, Weights weights, int batchSize) {
    return new InferenceWorkload(graph, weights, batchSize, RunOptions.DEFAULT);
  }

  @Override
  public String job() {
    return "inference";
  }

  @Override
  public String unit() {
    return "batch";
  }

  @Override
  public Repetition start(Backend backend) {
    Map<String, Tensor> inputs = RandomBatch.inputs(graph, batchSize);
    Program program = backend.compile(graph, weights, options);
    return new Repetition() {
      @Override
      public void run() {
        program.run(inputs);
      }

      @Override
      public void close() {
        program.close();
      }
    };
  }
}
