package dev.trifocal.backend;

import dev.trifocal.profile.Stopwatch;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Updates parameters and slots in their own memory. Each element is read and written once, by all
 * threads; the result does not depend on their number.
 */
public final class ElementwiseUpdate implements AutoCloseable {
  /** The name of the update in profiles. */
  public static final String OPERATOR = "Optimizer";

  /** Elements that a thread takes at once: enough to outweigh the hand-over. */
  private static final int PIECE = 1 << 16;

  /** Elements of a block, by measurement: larger and smaller ones are slower. */
  private static final int BLOCK = 128;

  private final ForkJoinPool threads;
  private final Map<ElementwiseProgram, ElementwiseLoop> loops = new HashMap<>();
  private double milliseconds;

  public ElementwiseUpdate(int threads) {
    this.threads = new ForkJoinPool(threads);
  }

  /**
   * A parameter to be updated.
   *
   * @param arrays the weight, its gradient and the slots; weight and slots are overwritten
   */
  public record Target(ElementwiseProgram program, List<FloatBuffer> arrays) {
    int elements() {
      return arrays.get(0).capacity();
    }
  }

  private record Piece(Target target, int from, int to) {}

  /**
   * Updates parameters.
   *
   * @param scalars scalars of the plan for this step, by name
   */
  public void run(List<Target> targets, Map<String, Double> scalars) {
    Stopwatch watch = Stopwatch.start();
    List<Piece> pieces = new ArrayList<>();
    for (Target target : targets) {
      loops.computeIfAbsent(target.program(), ElementwiseLoopCompiler::compile);
      for (int from = 0; from < target.elements(); from += PIECE) {
        pieces.add(new Piece(target, from, Math.min(from + PIECE, target.elements())));
      }
    }
    AtomicInteger next = new AtomicInteger();
    Runnable worker =
        () -> {
          Blocks blocks = new Blocks(scalars);
          for (int i = next.getAndIncrement(); i < pieces.size(); i = next.getAndIncrement()) {
            blocks.update(pieces.get(i));
          }
        };
    List<ForkJoinTask<?>> tasks = new ArrayList<>();
    try {
      for (int i = 0; i < threads.getParallelism(); i++) {
        tasks.add(threads.submit(worker));
      }
    } finally {
      // Unlike get, join cannot be interrupted and leave half an update.
      tasks.forEach(ForkJoinTask::join);
    }
    milliseconds += watch.seconds() * 1000;
  }

  /** Returns the time that all updates have taken so far. */
  public double milliseconds() {
    return milliseconds;
  }

  @Override
  public void close() {
    threads.shutdown();
  }

  private static float[] inOrder(ElementwiseProgram program, Map<String, Double> scalars) {
    float[] result = new float[program.scalars().size()];
    int index = 0;
    for (String name : program.scalars().keySet()) {
      result[index++] = scalars.get(name).floatValue();
    }
    return result;
  }

  /** The blocks of one thread. */
  private final class Blocks {
    private final Map<String, Double> scalars;
    private final List<float[]> blocks = new ArrayList<>();

    Blocks(Map<String, Double> scalars) {
      this.scalars = scalars;
    }

    void update(Piece piece) {
      ElementwiseProgram program = piece.target().program();
      ElementwiseLoop loop = loops.get(program);
      float[] inOrder = inOrder(program, scalars);
      List<FloatBuffer> arrays = piece.target().arrays();
      float[][] values = blocks(arrays.size());
      for (int from = piece.from(); from < piece.to(); from += BLOCK) {
        int length = Math.min(BLOCK, piece.to() - from);
        for (int i = 0; i < arrays.size(); i++) {
          arrays.get(i).get(from, values[i], 0, length);
        }
        loop.run(values, inOrder, length);
        for (int i = 0; i < program.results().size(); i++) {
          int array = ElementwiseProgram.arrayOfResult(i);
          arrays.get(array).put(from, values[array], 0, length);
        }
      }
    }

    private float[][] blocks(int count) {
      while (blocks.size() < count) {
        blocks.add(new float[BLOCK]);
      }
      return blocks.toArray(float[][]::new);
    }
  }
}
