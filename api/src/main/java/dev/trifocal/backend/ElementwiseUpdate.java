package dev.trifocal.backend;

import dev.trifocal.profile.Stopwatch;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Updates parameters and slots in their own memory. Each element is read and written once, by all
 * threads; the result does not depend on their number.
 */
public final class ElementwiseUpdate implements AutoCloseable {
  /** Elements that a thread takes at once: enough to outweigh the hand-over. */
  private static final int PIECE = 1 << 16;

  /** Elements of a block. All registers of a program together fit into the second-level cache. */
  private static final int BLOCK = 1024;

  private final ForkJoinPool threads;
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
      for (int from = 0; from < target.elements(); from += PIECE) {
        pieces.add(new Piece(target, from, Math.min(from + PIECE, target.elements())));
      }
    }
    AtomicInteger next = new AtomicInteger();
    Runnable worker =
        () -> {
          Registers registers = new Registers(scalars);
          for (int i = next.getAndIncrement(); i < pieces.size(); i = next.getAndIncrement()) {
            registers.update(pieces.get(i));
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

  /** The registers of one thread. */
  private static final class Registers {
    private final Map<String, Double> scalars;
    private final Map<ElementwiseProgram, float[][]> prepared = new HashMap<>();

    Registers(Map<String, Double> scalars) {
      this.scalars = scalars;
    }

    void update(Piece piece) {
      ElementwiseProgram program = piece.target().program();
      float[][] values = prepared.computeIfAbsent(program, this::prepare);
      List<FloatBuffer> arrays = piece.target().arrays();
      for (int from = piece.from(); from < piece.to(); from += BLOCK) {
        int length = Math.min(BLOCK, piece.to() - from);
        for (int i = 0; i < arrays.size(); i++) {
          arrays.get(i).get(from, values[program.arrays().get(i)], 0, length);
        }
        for (ElementwiseProgram.Instruction instruction : program.body()) {
          instruction.run(values);
        }
        List<Integer> results = program.results();
        arrays.get(0).put(from, values[results.get(0)], 0, length);
        for (int slot = 1; slot < results.size(); slot++) {
          arrays.get(slot + 1).put(from, values[results.get(slot)], 0, length);
        }
      }
    }

    private float[][] prepare(ElementwiseProgram program) {
      float[][] values =
          IntStream.range(0, program.registers())
              .mapToObj(register -> new float[BLOCK])
              .toArray(float[][]::new);
      program.constants().forEach((register, value) -> Arrays.fill(values[register], value));
      program
          .scalars()
          .forEach(
              (name, register) -> Arrays.fill(values[register], scalars.get(name).floatValue()));
      program.setup().forEach(instruction -> instruction.run(values));
      return values;
    }
  }
}
