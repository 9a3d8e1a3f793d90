package dev.trifocal.selection;

import dev.trifocal.backend.Backend;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.graph.Graph;

/** The work to choose a backend for. A trial repeats it with random data. */
public sealed interface Workload permits TrainingWorkload, InferenceWorkload {
  /** Returns the graph that an engine runs, with the loss in training. */
  Graph graph();

  /** Returns the number of samples per batch. */
  int batchSize();

  RunOptions options();

  /** Returns the kind of work, such as {@code inference}. */
  String job();

  /** Returns the unit that is timed: {@code step} or {@code batch}. */
  String unit();

  /**
   * Starts the work on a backend.
   *
   * @throws dev.trifocal.error.TrifocalException if the backend does not support the graph or the
   *     options
   */
  Repetition start(Backend backend);

  /** Work that has been started and can be repeated. */
  interface Repetition extends AutoCloseable {
    /** Runs one step or batch. */
    void run();

    @Override
    void close();
  }
}
