package dev.trifocal.data;

import dev.trifocal.error.ConfigurationException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Iterates over a data set in batches, which background threads read ahead of the consumer. The
 * batches depend only on the order of the samples and the batch size, not on the number of threads
 * or their timing. The last batch may be smaller.
 *
 * <p>At most {@code threads + 2} batches are being read or queued at any time. Only one thread may
 * consume the batches. Interrupting the consumer does not end its wait; the interrupt status is
 * restored afterwards. Background threads are never interrupted, because an interrupt would close
 * file channels shared by the data set.
 */
public final class BatchLoader implements Iterator<Batch>, AutoCloseable {
  private static final int WAITING = 2;

  private final Dataset data;
  private final int[] order;
  private final int batchSize;
  private final int ahead;
  private final ExecutorService threads;
  private final Queue<Future<Batch>> reading = new ArrayDeque<>();
  private int next;

  private BatchLoader(Dataset data, int[] order, int batchSize, int firstBatch, int threads) {
    this.data = data;
    this.order = order.clone();
    this.batchSize = batchSize;
    this.ahead = threads + WAITING;
    this.threads = Executors.newFixedThreadPool(threads, BatchLoader::daemon);
    this.next = firstBatch;
  }

  /**
   * Opens a loader and starts reading.
   *
   * @param order indices of the samples to read
   * @param batchSize samples per batch
   * @param firstBatch number of batches to skip
   * @param threads number of batches read concurrently
   * @throws ConfigurationException unless {@code batchSize} and {@code threads} are positive and
   *     {@code firstBatch} is 0 or more
   */
  public static BatchLoader open(
      Dataset data, int[] order, int batchSize, int firstBatch, int threads) {
    if (batchSize <= 0 || threads <= 0 || firstBatch < 0) {
      throw new ConfigurationException(
          "batch size and loader threads must be positive, and the first batch 0 or more, "
              + "but they are %d, %d and %d".formatted(batchSize, threads, firstBatch));
    }
    BatchLoader loader = new BatchLoader(data, order, batchSize, firstBatch, threads);
    loader.readAhead();
    return loader;
  }

  /** Returns the number of batches, including a smaller last one. */
  public static int batches(int samples, int batchSize) {
    return -Math.floorDiv(-samples, batchSize);
  }

  @Override
  public boolean hasNext() {
    return !reading.isEmpty();
  }

  /**
   * Returns the next batch, waiting until it has been read.
   *
   * @throws RuntimeException if the data set threw an exception for this batch; it is rethrown
   *     unwrapped, and the loader is closed
   * @throws NoSuchElementException after the last batch or if the loader is closed
   */
  @Override
  public Batch next() {
    Future<Batch> first = reading.peek();
    if (first == null) {
      throw new NoSuchElementException("there are no more batches of " + data.name());
    }
    try {
      Batch batch = uninterrupted(first::get);
      reading.remove();
      readAhead();
      return batch;
    } catch (ExecutionException e) {
      close();
      throw cause(e);
    }
  }

  /**
   * Stops reading and waits until no thread accesses the data set. Data sets that support
   * {@linkplain Dataset#batch(int[], java.util.function.BooleanSupplier) cancellation} stop early;
   * others finish the batches in progress.
   */
  @Override
  public void close() {
    reading.forEach(batch -> batch.cancel(false));
    reading.clear();
    threads.shutdown();
    uninterrupted(() -> threads.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS));
  }

  private void readAhead() {
    int batches = batches(order.length, batchSize);
    for (; reading.size() < ahead && next < batches; next++) {
      int from = next * batchSize;
      int[] indices = Arrays.copyOfRange(order, from, Math.min(order.length, from + batchSize));
      reading.add(threads.submit(() -> data.batch(indices, threads::isShutdown)));
    }
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "batch loader");
    thread.setDaemon(true);
    return thread;
  }

  /** A blocking operation. */
  private interface Wait<T, E extends Exception> {
    T done() throws InterruptedException, E;
  }

  private static <T, E extends Exception> T uninterrupted(Wait<T, E> wait) throws E {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return wait.done();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static RuntimeException cause(ExecutionException e) {
    if (e.getCause() instanceof Error error) {
      throw error;
    }
    return (RuntimeException) e.getCause();
  }
}
