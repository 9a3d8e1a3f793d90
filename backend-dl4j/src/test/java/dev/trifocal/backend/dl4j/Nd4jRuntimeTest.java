package dev.trifocal.backend.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.backend.Device;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.error.BackendException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.junit.jupiter.api.Test;
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
