package dev.trifocal.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.backend.Backend;
import dev.trifocal.data.CorruptDataset;
import dev.trifocal.data.Dataset;
import dev.trifocal.data.Splits;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EpochLoadersTest {
  private static final int BATCHES = 4;

  private final Semaphore batches = new Semaphore(0);
  private final AtomicInteger samples = new AtomicInteger();
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

  private final Dataset train =
      new CorruptDataset(
          ToyProblem.DATA.train(),
          (indices, batch) -> {
            threads.add(Thread.currentThread());
            samples.addAndGet(indices.length);
            batches.release();
            return batch;
          });

  @Test
  void the_first_batches_are_read_while_the_engine_prepares_the_run() {
    Backend patient =
        (Backend)
            Proxy.newProxyInstance(
                Backend.class.getClassLoader(),
                new Class<?>[] {Backend.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("train")) {
                    assertThat(acquired(1)).isTrue();
                  }
                  return method.invoke(new LinearBackend(), arguments);
                });
    fit(Trainer.on(patient), ToyProblem.DATA.validation().orElseThrow(), 2);
    assertThat(samples).hasValue(2 * train.size());
  }

  @Test
  void the_next_epoch_is_read_while_the_one_before_is_validated() {
    AtomicInteger validations = new AtomicInteger();
    Dataset validation =
        new CorruptDataset(
            ToyProblem.DATA.validation().orElseThrow(),
            (indices, batch) -> {
              if (indices[0] == 0 && validations.incrementAndGet() == 1) {
                assertThat(acquired(BATCHES + 1)).isTrue();
              }
              return batch;
            });
    fit(validation, 2, Callbacks.none());
    assertThat(validations).hasValue(2);
  }

  @Test
  void every_sample_is_read_once_in_each_epoch_and_none_beyond_the_last() {
    fit(ToyProblem.DATA.validation().orElseThrow(), 3, Callbacks.none());
    assertThat(samples).hasValue(3 * train.size());
  }

  @Test
  void a_run_that_is_stopped_ends_the_threads_that_read_ahead() throws InterruptedException {
    Callback stopping =
        new Callback() {
          @Override
          public void epochEnded(EpochRecord epoch, TrainingControl control) {
            assertThat(acquired(BATCHES + 1)).isTrue();
            control.stop("enough");
          }
        };
    fit(ToyProblem.DATA.validation().orElseThrow(), 3, stopping);
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(samples.get()).isLessThan(3 * train.size());
  }

  private boolean acquired(int permits) {
    try {
      return batches.tryAcquire(permits, 30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void fit(Dataset validation, int epochs, Callback callback) {
    fit(ToyProblem.trainer(callback), validation, epochs);
  }

  private void fit(Trainer trainer, Dataset validation, int epochs) {
    trainer.fit(
        ToyProblem.start(),
        new Splits(train, validation, ToyProblem.DATA.test().orElseThrow()),
        ToyProblem.OPTIONS.epochs(epochs),
        new MemoryCheckpoints(),
        StopSignal.NEVER);
  }
}
