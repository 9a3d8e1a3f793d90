package dev.trifocal.backend.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.backend.Device;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.error.BackendException;
import dev.trifocal.error.DataException;
import dev.trifocal.error.EngineMemoryException;
import dev.trifocal.error.TrifocalException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

class Nd4jRuntimeTest {
  @Test
  void a_run_has_the_threads_that_its_options_say() {
    RunOptions all = RunOptions.DEFAULT;
    RunOptions single = new RunOptions(Device.CPU, 1);
    for (RunOptions options : List.of(all, single, all)) {
      assertThat(Nd4jRuntime.run("net", options, Nd4jRuntimeTest::threads))
          .containsOnly(options.threadCount());
    }
  }

  private static List<Integer> threads() {
    return List.of(
        Nd4j.getEnvironment().maxMasterThreads(),
        NativeOpsHolder.getInstance().getDeviceNativeOps().ompGetMaxThreads(),
        openblas_nolapack.blas_get_num_threads());
  }

  @Test
  void a_second_run_waits_for_the_first() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    CountDownLatch inside = new CountDownLatch(1);
    AtomicBoolean done = new AtomicBoolean();
    try {
      Future<Boolean> first =
          threads.submit(
              () -> Nd4jRuntime.run("first", RunOptions.DEFAULT, () -> work(inside, done)));
      inside.await();
      Future<Boolean> second =
          threads.submit(() -> Nd4jRuntime.run("second", RunOptions.DEFAULT, done::get));
      assertThat(second.get()).isTrue();
      assertThat(first.get()).isTrue();
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void a_failure_names_the_graph_and_says_what_ND4J_said() {
    IllegalStateException deep = new IllegalStateException("no such operator");
    assertThatThrownBy(
            () ->
                Nd4jRuntime.run(
                    "lenet5",
                    RunOptions.DEFAULT,
                    () -> {
                      throw new IllegalArgumentException("execution failed", deep);
                    }))
        .isInstanceOf(BackendException.class)
        .hasMessage("lenet5: ND4J failed: no such operator");
  }

  @Test
  void memory_that_runs_out_is_no_bug() {
    OutOfMemoryError failure = new OutOfMemoryError("Physical memory usage is too high");
    assertThatThrownBy(() -> failing(failure))
        .isInstanceOf(EngineMemoryException.class)
        .hasMessage(
            "lenet5: not enough memory; use a smaller batch size or smaller images, or raise the"
                + " memory limit of the process (ND4J: Physical memory usage is too high)")
        .hasCause(failure);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Op [conv2d] failed: could not create a memory object",
        "Failed to allocate 5 bytes",
        "Cannot allocate new FloatPointer(5)",
        "std::bad_alloc",
        "[HOST] allocation failed; Bytes: [5]"
      })
  void all_words_of_its_allocators_are_known(String message) {
    RuntimeException deep = new RuntimeException(message);
    assertThatThrownBy(() -> failing(new IllegalStateException("execution failed", deep)))
        .isInstanceOfSatisfying(
            EngineMemoryException.class,
            failure -> assertThat(failure.reason()).isEqualTo("ND4J: " + message));
  }

  @Test
  void another_failure_is_a_bug_even_without_words() {
    assertThatThrownBy(() -> failing(new IllegalStateException()))
        .isInstanceOf(BackendException.class)
        .hasMessage("lenet5: ND4J failed: null");
  }

  @Test
  void a_failure_of_ours_stays_as_it_is() {
    TrifocalException ours = new DataException("allocation failed");
    assertThatThrownBy(() -> failing(ours)).isSameAs(ours);
  }

  private static void failing(Throwable failure) {
    Nd4jRuntime.run(
        "lenet5",
        RunOptions.DEFAULT,
        () -> {
          if (failure instanceof Error error) {
            throw error;
          }
          throw (RuntimeException) failure;
        });
  }

  /** Long enough for another thread to come in, if it could. */
  private static boolean work(CountDownLatch inside, AtomicBoolean done) {
    inside.countDown();
    BufferPool memory = new BufferPool();
    for (int i = 0; i < 2000; i++) {
      memory.release(new Nd4jOperators(memory, new Unobserved()).filled(i, 1000));
    }
    memory.close();
    done.set(true);
    return true;
  }
}
