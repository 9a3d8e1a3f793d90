package dev.trifocal.backend.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import dev.trifocal.backend.Program;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.graph.Graph;
import dev.trifocal.layer.Layer;
import dev.trifocal.onnx.OnnxExporter;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A prediction allocates its result, and next to nothing else")
class OnnxAllocationTest {
  private static final Shape SAMPLE = Shape.of(3, 64, 64);
  private static final int BATCH = 8;
  private static final int RUNS = 100;

  /** The bytes of one result. */
  private static final long RESULT = BATCH * SAMPLE.elements() * Float.BYTES;

  /**
   * Maps, views of buffers and the objects of ONNX Runtime; the same for any size of the result.
   */
  private static final long SMALL = 8 << 10;

  private final Map<String, Tensor> inputs =
      Map.of(Graph.INPUT, Tensor.floats(SAMPLE.batch(BATCH), buffer -> {}));

  @Test
  void theHeapHoldsNoCopyOfTheResult() {
    try (Program program = program()) {
      assertThat(onHeap(program)).isLessThan(SMALL);
    }
  }

  @Test
  void aFileTakesItsInputWithoutACopy(@TempDir Path folder) {
    Graph net = Graph.build("mean", SAMPLE, image -> image.then("pool", Layer.globalAvgPool()));
    Path file = folder.resolve("mean.onnx");
    OnnxExporter.write(file, net, net.initialWeights(1), Map.<String, String>of());
    try (Program program = new OnnxFileRunner().open(file, RunOptions.DEFAULT)) {
      assertThat(onHeap(program)).isLessThan(SMALL);
    }
  }

  @Test
  void outsideTheHeapIsTheResultOnly() {
    BufferPoolMXBean direct =
        ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .filter(pool -> pool.getName().equals("direct"))
            .findFirst()
            .orElseThrow();
    try (Program program = program()) {
      run(program);
      // Collected now, so that what is measured is not set off by results of the runs above.
      System.gc();
      long before = direct.getTotalCapacity();
      List<Map<String, Tensor>> held = run(program);
      long perRun = (direct.getTotalCapacity() - before) / RUNS;

      assertThat(held).hasSize(RUNS);
      assertThat(perRun).isLessThanOrEqualTo(RESULT);
    }
  }

  /** Returns the bytes on the heap that a run allocates. */
  private long onHeap(Program program) {
    assumeTrue(
        ManagementFactory.getThreadMXBean() instanceof ThreadMXBean counting
            && counting.isThreadAllocatedMemoryEnabled(),
        "this JVM does not count what a thread allocates");
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    run(program);
    long before = threads.getCurrentThreadAllocatedBytes();
    run(program);
    return (threads.getCurrentThreadAllocatedBytes() - before) / RUNS;
  }

  private static Program program() {
    Graph net = Graph.build("wide", SAMPLE, image -> image.then("relu", Layer.relu()));
    return new OnnxBackend().compile(net, net.initialWeights(1), RunOptions.DEFAULT);
  }

  private List<Map<String, Tensor>> run(Program program) {
    List<Map<String, Tensor>> results = new ArrayList<>();
    for (int i = 0; i < RUNS; i++) {
      results.add(program.run(inputs));
    }
    return results;
  }
}
