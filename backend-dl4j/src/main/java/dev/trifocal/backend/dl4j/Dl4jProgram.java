package dev.trifocal.backend.dl4j;

import dev.trifocal.backend.Program;
import dev.trifocal.backend.ProgramLock;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.backend.StepInputs;
import dev.trifocal.graph.Graph;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.weights.Weights;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A graph with its weights in the engine's memory. */
final class Dl4jProgram implements Program {
  private final Graph graph;
  private final RunOptions options;
  private final BufferPool memory = new BufferPool();
  private final EvaluationPass evaluationPass;
  private final Map<String, INDArray> weights = new LinkedHashMap<>();
  private final ProgramLock lock;

  private Dl4jProgram(Graph graph, RunOptions options, CallObserver observer) {
    this.graph = graph;
    this.options = options;
    this.lock = new ProgramLock(graph.name());
    this.evaluationPass = new EvaluationPass(graph, new Nd4jOperators(memory, observer));
  }

  static Dl4jProgram open(Graph graph, Weights weights, RunOptions options, CallObserver observer) {
    Dl4jProgram program = new Dl4jProgram(graph, options, observer);
    return Nd4jRuntime.run(
        graph.name(),
        options,
        () -> {
          weights
              .tensors()
              .forEach(
                  (name, t) -> program.weights.put(name, HostTransfer.array(program.memory, t)));
          return program;
        });
  }

  @Override
  public Map<String, Tensor> run(Map<String, Tensor> inputs) {
    return lock.run(() -> outputs(inputs));
  }

  private Map<String, Tensor> outputs(Map<String, Tensor> inputs) {
    int batch = StepInputs.batch(graph, inputs);
    return Nd4jRuntime.run(
        graph.name(),
        options,
        () -> {
          try {
            return evaluationPass.run(weights, inputs, batch);
          } finally {
            memory.settle(weights.values());
          }
        });
  }

  @Override
  public void close() {
    lock.close(memory::close);
  }
}
