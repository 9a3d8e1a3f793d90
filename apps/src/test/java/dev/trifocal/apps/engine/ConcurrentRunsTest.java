package dev.trifocal.apps.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.error.ConfigurationException;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ConcurrentRunsTest {
  @Test
  void all_threads_are_at_work_at_the_same_time() {
    CyclicBarrier together = new CyclicBarrier(3);
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    AtomicInteger runs = new AtomicInteger();
    Timings timings =
        new ConcurrentRuns(3, 2, 4)
            .timings(
                () -> {
                  await(together);
                  threads.add(Thread.currentThread());
                  runs.incrementAndGet();
                });
    assertThat(threads).hasSize(3);
    assertThat(runs).hasValue(3 * (2 + 4));
    assertThat(timings.milliseconds()).hasSize(3 * 4);
    assertThat(timings.elapsed()).isGreaterThanOrEqualTo(timings.longest());
  }

  @Test
  void a_single_thread_is_the_callers() {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    new ConcurrentRuns(1, 1, 2).timings(() -> threads.add(Thread.currentThread()));
    assertThat(threads).containsExactly(Thread.currentThread());
  }

  @Test
  void the_failure_of_one_thread_is_that_of_all() {
    ConfigurationException failure = new ConfigurationException("too large");
    AtomicInteger runs = new AtomicInteger();
    Runnable work =
        () -> {
          if (runs.incrementAndGet() == 2) {
            throw failure;
          }
        };
    assertThatThrownBy(() -> new ConcurrentRuns(2, 1, 3).timings(work)).isSameAs(failure);
  }

  @Test
  void an_error_remains_one() {
    LinkageError failure = new LinkageError("no such library");
    Runnable work =
        () -> {
          throw failure;
        };
    assertThatThrownBy(() -> new ConcurrentRuns(2, 1, 3).timings(work)).isSameAs(failure);
  }

  private static void await(CyclicBarrier together) {
    try {
      together.await(60, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }
}
