package dev.trifocal.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.trifocal.error.ConfigurationException;
import dev.trifocal.error.DataException;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BatchLoaderTest {
  private static final Dataset DATA = Blobs.of("blobs", 40, 1);

  @Test
  void aSlowFirstBatchStillComesFirst() {
    CountDownLatch second = new CountDownLatch(1);
    Dataset slow =
        new CorruptDataset(
            DATA,
            (indices, batch) -> {
              if (indices[0] == 0) {
                await(second);
              } else {
                second.countDown();
              }
              return batch;
            });
    assertThat(all(slow, Shuffle.NONE.order(40, 0, 0), 10, 0, 2))
        .isEqualTo(all(DATA, Shuffle.NONE.order(40, 0, 0), 10, 0, 1));
  }

  @Test
  void readsAheadByTwoMoreThanTheThreadsAndNoFurther() {
    Semaphore read = new Semaphore(0);
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    Dataset counted =
        new CorruptDataset(
            DATA,
            (indices, batch) -> {
              threads.add(Thread.currentThread());
              return released(read, batch);
            });
    try (BatchLoader loader = BatchLoader.open(counted, Shuffle.NONE.order(40, 0, 0), 2, 0, 3)) {
      for (int due : new int[] {5, 1, 1}) {
        read.acquireUninterruptibly(due);
        awaitIdle(threads, 3);
        assertThat(read.availablePermits()).isZero();
        loader.next();
      }
    }
  }

  @Test
  void aFailureReachesTheConsumerAsItselfWhenItsBatchIsDue() {
    DataException failure = new DataException("sample 25 is not a picture");
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    Dataset broken =
        new CorruptDataset(
            DATA,
            (indices, batch) -> {
              threads.add(Thread.currentThread());
              if (indices[0] == 20) {
                throw failure;
              }
              return batch;
            });
    BatchLoader loader = BatchLoader.open(broken, Shuffle.NONE.order(40, 0, 0), 10, 0, 4);
    assertThat(loader.next()).isEqualTo(DATA.batch(new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}));
    loader.next();
    assertThat(catchThrowable(loader::next)).isSameAs(failure);
    assertThat(loader.hasNext()).isFalse();
    assertEnd(threads);
  }

  @Test
  void anErrorReachesTheConsumerAsItself() {
    OutOfMemoryError error = new OutOfMemoryError("planted");
    Dataset broken =
        new CorruptDataset(
            DATA,
            (indices, batch) -> {
              throw error;
            });
    try (BatchLoader loader = BatchLoader.open(broken, new int[] {1}, 1, 0, 1)) {
      assertThat(catchThrowable(loader::next)).isSameAs(error);
    }
  }

  @Test
  void threadsAreDaemonsAndEndWhenTheLoaderIsClosedInMidway() {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    Semaphore read = new Semaphore(0);
    Dataset watched =
        new CorruptDataset(
            DATA,
            (indices, batch) -> {
              threads.add(Thread.currentThread());
              return released(read, batch);
            });
    BatchLoader loader = BatchLoader.open(watched, Shuffle.NONE.order(40, 0, 0), 1, 0, 3);
    loader.next();
    read.acquireUninterruptibly(5);
    assertThat(threads).allMatch(Thread::isDaemon).doesNotContain(Thread.currentThread());
    loader.close();
    loader.close();
    assertEnd(threads);
    assertThatThrownBy(loader::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void closingTellsABatchInProgressThatItIsUnwanted() {
    CountDownLatch reading = new CountDownLatch(1);
    Dataset endless =
        new EndlessDataset(
            DATA,
            unwanted -> {
              reading.countDown();
              while (!unwanted.getAsBoolean()) {
                Thread.onSpinWait();
              }
              throw new CancellationException("unwanted");
            });
    BatchLoader loader = BatchLoader.open(endless, new int[] {0, 1}, 1, 0, 1);
    await(reading);

    loader.close();

    assertThat(loader.hasNext()).isFalse();
  }

  @Test
  void closingWaitsForABatchInProgressWithoutInterruptingIt() {
    CountDownLatch reading = new CountDownLatch(1);
    CountDownLatch closing = new CountDownLatch(1);
    Queue<Boolean> interrupted = new ConcurrentLinkedQueue<>();
    Dataset slow =
        new CorruptDataset(
            DATA,
            (indices, batch) -> {
              reading.countDown();
              await(closing);
              interrupted.add(Thread.currentThread().isInterrupted());
              return batch;
            });
    BatchLoader loader = BatchLoader.open(slow, new int[] {0, 1}, 1, 0, 1);
    await(reading);
    Thread release = new Thread(closing::countDown);
    release.start();
    loader.close();
    assertThat(interrupted).isNotEmpty().doesNotContain(true);
  }

  @Test
  void anInterruptWhileWaitingStaysPendingAndLosesNoBatch() {
    Thread.currentThread().interrupt();
    List<Batch> batches = all(DATA, Shuffle.NONE.order(40, 0, 0), 16, 0, 2);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(batches).extracting(Batch::size).containsExactly(16, 16, 8);
  }

  @Test
  void sizesBelowOneAreRefused() {
    assertThatThrownBy(() -> BatchLoader.open(DATA, new int[] {0}, 0, 0, 1))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "batch size and loader threads must be positive, and the first batch 0 or more, "
                + "but they are 0, 1 and 0");
  }

  private static List<Batch> all(Dataset data, int[] order, int size, int first, int threads) {
    List<Batch> result = new ArrayList<>();
    try (BatchLoader loader = BatchLoader.open(data, order, size, first, threads)) {
      loader.forEachRemaining(result::add);
    }
    return result;
  }

  private static Batch released(Semaphore permits, Batch batch) {
    permits.release();
    return batch;
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Until as many threads as that have nothing to read. */
  private static void awaitIdle(Set<Thread> threads, int count) {
    while (threads.size() < count
        || threads.stream().anyMatch(thread -> thread.getState() != Thread.State.WAITING)) {
      Thread.onSpinWait();
    }
  }

  private static void assertEnd(Set<Thread> threads) {
    assertThat(threads).isNotEmpty();
    for (Thread thread : threads) {
      try {
        thread.join(30_000);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      assertThat(thread.isAlive()).isFalse();
    }
  }
}
