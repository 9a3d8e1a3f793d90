package dev.trifocal.trainer;

import dev.trifocal.data.Batch;
import dev.trifocal.data.BatchLoader;
import dev.trifocal.profile.Stopwatch;
import dev.trifocal.tensor.UnusedTensors;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Runs an engine on batches and reports the timing of each to a callback. */
public final class TimedBatches {
  private TimedBatches() {}

  /**
   * Processes batches one at a time until there are no more or a stop is requested.
   *
   * @param engine computes the result of a batch; timed as the engine
   * @param then consumes the result
   */
  public static <R> void forEach(
      BatchLoader loader,
      StopSignal stop,
      Callback callback,
      Function<Batch, R> engine,
      BiConsumer<Batch, R> then) {
    inGroups(
        loader,
        1,
        stop,
        callback,
        batches -> engine.apply(batches.get(0)),
        (batches, result) -> then.accept(batches.get(0), result));
  }

  /**
   * Like {@link #forEach}, but in groups of batches; the last group may be smaller.
   *
   * @param size number of batches per group
   */
  static <R> void inGroups(
      BatchLoader loader,
      int size,
      StopSignal stop,
      Callback callback,
      Function<List<Batch>, R> engine,
      BiConsumer<List<Batch>, R> then) {
    UnusedTensors unused = UnusedTensors.ofBatches();
    while (loader.hasNext() && !stop.requested()) {
      unused.freeIfMany();
      Stopwatch waiting = Stopwatch.start();
      List<Batch> batches = new ArrayList<>();
      while (loader.hasNext() && batches.size() < size) {
        batches.add(loader.next());
      }
      double waited = waiting.seconds();
      Stopwatch running = Stopwatch.start();
      R result = engine.apply(batches);
      callback.batchTimed(new BatchTiming(waited, running.seconds()));
      then.accept(batches, result);
      for (Batch batch : batches) {
        unused.add(batch.inputs().values());
        unused.add(batch.labels().values());
      }
    }
  }
}
