package dev.trifocal.trainer;

import dev.trifocal.data.Batch;
import dev.trifocal.data.BatchLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Takes batches to an engine and tells callbacks how long each was waited for and computed. */
public final class TimedBatches {
  private TimedBatches() {}

  /**
   * Batch by batch, until there are no more or a stop is requested.
   *
   * @param engine computes something of a batch; its time is the engine's
   * @param then what is done with it
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
   * As {@link #forEach}, several batches at a time; the last group may be smaller.
   *
   * @param size batches of a group
   */
  static <R> void inGroups(
      BatchLoader loader,
      int size,
      StopSignal stop,
      Callback callback,
      Function<List<Batch>, R> engine,
      BiConsumer<List<Batch>, R> then) {
    while (loader.hasNext() && !stop.requested()) {
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
    }
  }
}
