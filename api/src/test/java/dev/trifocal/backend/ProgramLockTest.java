package dev.trifocal.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ProgramLockTest {
  private final ProgramLock lock = new ProgramLock("net");

  @Test
  void closing_frees_once_and_refuses_later_runs() {
    List<String> freed = new ArrayList<>();
    assertThat(lock.run(() -> 3)).isEqualTo(3);
    lock.close(() -> freed.add("first"));
    lock.close(() -> freed.add("second"));
    assertThat(freed).containsExactly("first");
    assertThatThrownBy(() -> lock.run(() -> 3))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("net: the program is closed");
  }

  @Test
  void closing_waits_for_a_run_in_progress_and_not_for_its_success() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch finish = new CountDownLatch(1);
    List<String> order = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Future<?> run =
          threads.submit(
              () ->
                  lock.run(
                      () -> {
                        running.countDown();
                        await(finish);
                        order.add("run");
                        throw new IllegalArgumentException("bad input");
                      }));
      running.await();
      Future<?> close = threads.submit(() -> lock.close(() -> order.add("free")));
      finish.countDown();
      assertThatThrownBy(run::get).hasRootCauseMessage("bad input");
      close.get();
      assertThat(order).containsExactly("run", "free");
    } finally {
      threads.shutdown();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
