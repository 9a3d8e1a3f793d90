package dev.trifocal.trainer;

import dev.trifocal.backend.Backend;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.backend.StepMemory;
import dev.trifocal.backend.StepSize;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.GraphSummary;
import dev.trifocal.graph.Node;
import dev.trifocal.shape.Shape;
import dev.trifocal.train.LossGraph;
import dev.trifocal.train.TrainingPlan;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Finds the largest micro-batch with which a training run fits into memory, by prediction: batches
 * that do not fit are divided into equal micro-batches, whose gradients are accumulated.
 *
 * @param graph the network to train
 * @param loaderThreads number of threads that load batches, as in {@link FitOptions}
 */
public record MicroBatchFinder(
    Backend backend, RunOptions options, TrainingPlan plan, Graph graph, int loaderThreads) {
  /** Garbage in the heap of a JVM with a young generation of 64 MiB, rounded up. */
  private static final long JAVA = 128L << 20;

  /** Batches that are being read, wait or are being trained on besides those of each thread. */
  private static final int WAITING = 3;

  /** Copies of the weights within a program: as they are, and in layouts of the engine's own. */
  private static final int PROGRAM_WEIGHTS = 3;

  /** Values and workspace of the largest layer of a program, as multiples of its values. */
  private static final int PROGRAM_VALUES = 3;

  /** What no engine is expected to exceed, as a multiple of the values of all layers. */
  private static final int GENEROUS = 4;

  private static final long FIXED = 1L << 30;

  /**
   * A division of batches.
   *
   * @param size micro-batch, and number of micro-batches per step
   */
  public record MicroBatch(StepSize size, RunMemory memory) {}

  /**
   * Returns the largest micro-batch that fits; empty if none does, or the engine does not predict
   * its memory.
   *
   * @param wanted batch size, which the micro-batch divides, and batches per step
   * @param bytes the memory that the run may take, beyond what the process has now
   * @throws dev.trifocal.error.TrifocalException if the engine cannot train the network
   */
  public Optional<MicroBatch> largest(StepSize wanted, long bytes) {
    Optional<MicroBatch> whole = fitting(wanted, 1, bytes);
    return whole.isPresent() ? whole : largestPart(wanted, bytes);
  }

  /**
   * Like {@link #largest}, for batches that are known not to fit as a whole.
   *
   * @param preferred the memory that the run should take; more only if nothing fits into it, or
   *     nothing but single samples, of which batch norm would compute its statistics
   * @param most the memory that the run may take
   */
  public Optional<MicroBatch> largestPart(StepSize wanted, long preferred, long most) {
    boolean statistics = GraphSummary.of(graph).updatesStatistics();
    return largestPart(wanted, preferred)
        .filter(part -> !statistics || part.size().batchSize() > 1)
        .or(() -> largest(wanted, most));
  }

  Optional<MicroBatch> largestPart(StepSize wanted, long bytes) {
    List<Integer> parts = parts(wanted);
    Optional<MicroBatch> found = Optional.empty();
    int low = 1;
    int high = parts.size() - 1;
    while (low <= high) {
      int middle = (low + high) / 2;
      Optional<MicroBatch> one = fitting(wanted, parts.get(middle), bytes);
      if (one.isPresent()) {
        found = one;
        high = middle - 1;
      } else {
        low = middle + 1;
      }
    }
    return found;
  }

  /**
   * Returns whether a step fits so easily that a prediction is not worth its time: by the number of
   * values, whatever the engine does.
   *
   * @param bytes as for {@link #largest}
   */
  public boolean fitsEasily(StepSize size, long bytes) {
    LossGraph loss = LossGraph.of(graph, plan.objectives());
    long values = 2 * bytes(shapes(loss.graph().nodes(), size.batchSize()));
    long weights = (4L + plan.optimizer().slots().size()) * bytes(graph.weightShapes().values());
    return GENEROUS * (values + weights) + FIXED <= bytes;
  }

  /** Predicts the memory of a run; empty if the engine does not tell. */
  public Optional<RunMemory> memory(StepSize size) {
    return backend
        .stepMemory(plan, graph, size, options.typicalBatchSize(size.batchSize()))
        .map(step -> memory(step, size.batchSize()));
  }

  private RunMemory memory(StepMemory step, int batchSize) {
    long weights = bytes(graph.weightShapes().values());
    long slots = bytes(graph.trainableShapes().values()) * plan.optimizer().slots().size();
    long largest =
        graph.nodes().stream().mapToLong(node -> values(node, batchSize)).max().orElse(0);
    return new RunMemory(
        step,
        weights + slots,
        PROGRAM_WEIGHTS * weights + PROGRAM_VALUES * largest,
        (loaderThreads + WAITING) * bytes(shapes(graph.inputs(), batchSize)),
        JAVA);
  }

  /** Returns the size of the inputs and the output of a layer. */
  private static long values(Node node, int batchSize) {
    long inputs =
        node.inputShapes().stream().mapToLong(shape -> bytes(shape.batch(batchSize))).sum();
    return inputs + bytes(node.batchShape(batchSize));
  }

  private Optional<MicroBatch> fitting(StepSize wanted, int parts, long bytes) {
    StepSize size = wanted.divided(parts);
    return memory(size)
        .filter(memory -> memory.peak() <= bytes)
        .map(memory -> new MicroBatch(size, memory));
  }

  /** Returns the smallest division: a single sample, or what batch norm needs. */
  public StepSize smallest(StepSize wanted) {
    List<Integer> parts = parts(wanted);
    return wanted.divided(parts.get(parts.size() - 1));
  }

  /**
   * Returns the numbers of equal parts that a batch can be divided into, ascending from 1, so that
   * each layer has the samples that it needs.
   */
  private List<Integer> parts(StepSize wanted) {
    int needed =
        graph.nodes().stream()
            .filter(node -> !node.frozen())
            .mapToInt(node -> node.layer().smallestBatch(node.inputShapes()))
            .max()
            .orElse(1);
    return IntStream.rangeClosed(1, wanted.batchSize())
        .filter(parts -> wanted.batchSize() % parts == 0)
        .filter(parts -> parts == 1 || wanted.batchSize() / parts >= needed)
        .boxed()
        .toList();
  }

  private static List<Shape> shapes(List<Node> nodes, int batchSize) {
    return nodes.stream().map(node -> node.batchShape(batchSize)).toList();
  }

  private static long bytes(Collection<Shape> shapes) {
    return shapes.stream().mapToLong(MicroBatchFinder::bytes).sum();
  }

  private static long bytes(Shape shape) {
    return shape.elements() * Float.BYTES;
  }
}
