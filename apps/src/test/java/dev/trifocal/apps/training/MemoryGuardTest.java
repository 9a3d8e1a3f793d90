package dev.trifocal.apps.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("The guard of a container's memory")
@Timeout(60)
class MemoryGuardTest {
  private static final long LIMIT = 1000;

  /** The limit without the reserved share. */
  private static final long MOST = 980;

  private static final int LOOKS = 3;
  private static final long MILLISECONDS = TimeUnit.SECONDS.toMillis(30);

  private final AtomicLong taken = new AtomicLong();
  private final AtomicInteger runs = new AtomicInteger();
  private final AtomicReference<Thread> looking = new AtomicReference<>();
  private final CountDownLatch looks = new CountDownLatch(LOOKS);
  private final CountDownLatch full = new CountDownLatch(1);

  @Test
  void actsWhenTheLimitIsNearlyReached() throws InterruptedException {
    taken.set(MOST - 1);
    try (MemoryGuard guard = watching()) {
      looks.await();
      assertThat(runs).hasValue(0);
      taken.set(MOST);
      full.await();
      assertThat(guard).isNotNull();
    }
    assertThat(runs).hasValue(1);
  }

  @Test
  void actsOnce() throws InterruptedException {
    taken.set(LIMIT);
    try (MemoryGuard guard = watching()) {
      full.await();
      // It needs its thread no longer, whoever closes it.
      assertEnds(looking.get());
      assertThat(guard).isNotNull();
    }
    assertThat(runs).hasValue(1);
  }

  @Test
  void doesNotActOnceItIsClosed() throws InterruptedException {
    MemoryGuard guard = watching();
    looks.await();
    guard.close();
    taken.set(LIMIT);
    assertEnds(looking.get());
    assertThat(runs).hasValue(0);
  }

  @Test
  void doesNotKeepTheProcessAlive() throws InterruptedException {
    try (MemoryGuard guard = watching()) {
      looks.await();
      assertThat(guard).isNotNull();
      assertThat(looking.get().isDaemon()).isTrue();
    }
  }

  private MemoryGuard watching() {
    return MemoryGuard.watching(
        LIMIT,
        () -> {
          looking.set(Thread.currentThread());
          long seen = taken.get();
          looks.countDown();
          return seen;
        },
        () -> {
          runs.incrementAndGet();
          full.countDown();
        });
  }

  private static void assertEnds(Thread thread) throws InterruptedException {
    thread.join(MILLISECONDS);
    assertThat(thread.isAlive()).isFalse();
  }
}
