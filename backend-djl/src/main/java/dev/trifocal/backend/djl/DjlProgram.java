package dev.trifocal.backend.djl;

import ai.djl.pytorch.engine.PtNDArray;
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
    ArrayStore store = ArrayStore.open(options);
    try {
      return new DjlProgram(
          new EvaluationPass(
              graph, new ForwardPass(graph, store.scripts(), observer), store, observer),
          EngineFailure.translated(graph, () -> store.copies(weights.tensors())));
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
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
