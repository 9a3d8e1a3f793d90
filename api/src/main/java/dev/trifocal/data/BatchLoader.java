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
 * The batches of a data set in a given order of samples, read by background threads ahead of the
 * consumer. What comes out depends on the order and the batch size alone, never on the number of
 * threads or their speed. The last batch may be smaller.
 *
 * <p>At most {@code threads + 2} batches are being read or waiting at any time. For one consumer
 * thread. An interrupt does not end the consumer's waiting, it stays pending; and the background
 * threads are never interrupted, since that would close a file channel which a data set shares.
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
   * Begins to read at once.
   *
   * @param order indices of samples
   * @param firstBatch batches to leave out at the start, 0 for none
   * @param threads how many batches are read at the same time
   * @throws ConfigurationException unless batch size and threads are positive
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

  /** How many batches some samples make, a smaller last one included. */
  public static int batches(int samples, int batchSize) {
    return -Math.floorDiv(-samples, batchSize);
  }

  @Override
  public boolean hasNext() {
    return !reading.isEmpty();
  }

  /**
   * The next batch, as soon as it has been read.
   *
   * @throws RuntimeException what the data set threw, itself, when that batch is due; the loader is
   *     closed then
   * @throws NoSuchElementException after the last batch, and after {@link #close}
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
   * Reads no further, and returns when no thread touches the data set any more: at once, or for a
   * data set that does not ask whether a batch is {@linkplain Dataset#batch(int[],
   * java.util.function.BooleanSupplier) unwanted}, after the batches in progress.
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

  /** Something that waits. */
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
