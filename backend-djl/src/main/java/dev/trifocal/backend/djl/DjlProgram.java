package dev.trifocal.backend.djl;

import ai.djl.pytorch.engine.PtNDArray;
import dev.trifocal.backend.Processor;
import dev.trifocal.backend.Program;
import dev.trifocal.backend.ProgramLock;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.graph.Graph;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.weights.Weights;
import java.util.Map;

/** A graph with its weights in PyTorch's memory. */
final class DjlProgram implements Program {
  private final EvaluationPass evaluationPass;
  private final Map<String, PtNDArray> weights;
  private final ProgramLock lock;

  private DjlProgram(EvaluationPass evaluationPass, Map<String, PtNDArray> weights) {
    this.evaluationPass = evaluationPass;
    this.weights = weights;
    this.lock = new ProgramLock(evaluationPass.graph().name());
  }

  static DjlProgram open(Graph graph, Weights weights, RunOptions options, PassObserver observer) {
    return open(graph, weights, options, observer, Processor.current());
  }

  /**
   * Opens a program on a processor.
   *
   * @throws dev.trifocal.error.ConfigurationException if the processor does not compute faster in
   *     the precision of the options
   */
  static DjlProgram open(
      Graph graph,
      Weights weights,
      RunOptions options,
      PassObserver observer,
      Processor processor) {
    Bfloat16.requireFaster(options, processor);
    ArrayStore store = ArrayStore.open(options);
    try {
      return new DjlProgram(
          new EvaluationPass(
              graph,
              new ForwardPass(graph, store.scripts(), observer, options.precision()),
              store,
              observer),
          EngineFailure.translated(graph, () -> weights(graph, weights, store, options)));
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }

  private static Map<String, PtNDArray> weights(
      Graph graph, Weights weights, ArrayStore store, RunOptions options) {
    Map<String, PtNDArray> copies = store.copies(weights.tensors());
    return switch (options.precision()) {
      case FLOAT32 -> copies;
      case BF16 -> Bfloat16.ofConvolutions(graph, copies, store.scripts());
    };
  }

  @Override
  public Map<String, Tensor> run(Map<String, Tensor> inputs) {
    return lock.run(() -> evaluationPass.run(inputs, weights));
  }

  @Override
  public void close() {
    lock.close(evaluationPass.store()::close);
  }
}
