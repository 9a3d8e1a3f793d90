package dev.trifocal.apps.engine;

import dev.trifocal.profile.Stopwatch;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Times work that several threads repeat at the same time. A single thread is the caller's.
 *
 * @param threads number of threads, at least 1
 * @param warmUp untimed repetitions of each thread
 * @param repetitions timed repetitions of each thread, at least 1
 */
record ConcurrentRuns(int threads, int warmUp, int repetitions) {

  /**
   * Runs the work.
   *
   * @return the durations that each thread saw, and the time that all took together
   */
  Timings timings(Runnable work) {
    if (threads == 1) {
      milliseconds(warmUp, work);
      return new Timings(milliseconds(repetitions, work));
    }
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      inAllThreads(pool, () -> milliseconds(warmUp, work));
      Stopwatch watch = Stopwatch.start();
      List<Double> milliseconds = inAllThreads(pool, () -> milliseconds(repetitions, work));
      return new Timings(milliseconds, watch.seconds() * 1000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while predictions were timed", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) e.getCause();
    } finally {
      pool.shutdownNow();
    }
  }

  private List<Double> inAllThreads(ExecutorService pool, Callable<List<Double>> one)
      throws InterruptedException, ExecutionException {
    List<Double> result = new ArrayList<>();
    for (Future<List<Double>> done : pool.invokeAll(Collections.nCopies(threads, one))) {
      result.addAll(done.get());
    }
    return result;
  }

  private static List<Double> milliseconds(int times, Runnable work) {
    List<Double> result = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      Stopwatch watch = Stopwatch.start();
      work.run();
      result.add(watch.seconds() * 1000);
    }
    return result;
  }
}
