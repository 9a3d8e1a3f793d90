package dev.trifocal.apps.onnx.mutation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.sun.management.ThreadMXBean;
import dev.trifocal.apps.engine.FoundBackends;
import dev.trifocal.apps.mutation.MutationCounts;
import dev.trifocal.apps.onnx.PublishedFiles;
import dev.trifocal.backend.Backend;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.error.TrifocalException;
import dev.trifocal.onnx.importer.ImportFailure;
import dev.trifocal.onnx.importer.ImportOptions;
import dev.trifocal.onnx.importer.ImportResult;
import dev.trifocal.onnx.importer.ImportedGraph;
import dev.trifocal.onnx.importer.OnnxImporter;
import dev.trifocal.random.RandomStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever happens to a file, reading it gives a model or words, soon, and within bounds of memory.
 * {@code -Dtrifocal.mutations=N} makes N damaged files, as many of each published one.
 */
class MutationTest {
  private static final int MUTATIONS = Integer.getInteger("trifocal.mutations", 750);
  private static final List<String> FILES =
      List.of(
          "mnist_pytorch1.1_op9",
          "mnist_mobilenetv3like_se_pytorch2.7_op12",
          "ultraface_pytorch1.2_op9");

  private static final Duration LONGEST = Duration.ofSeconds(10);
  private static final long MOST_BYTES = 1L << 28;

  /** Compiling takes longer than reading. */
  private static final int COMPILED_OF = 10;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final Backend backend =
      FoundBackends.all().stream().filter(b -> b.name().equals("onnx")).findFirst().orElseThrow();

  @TestFactory
  Stream<DynamicTest> damaged_files_give_a_model_or_a_message(@TempDir Path folder) {
    Path cases = PublishedFiles.folder().resolve("onnx-cases");
    return FILES.stream()
        .map(
            name ->
                dynamicTest(
                    name, () -> damaged(cases.resolve(name + ".onnx"), folder.resolve("x.onnx"))));
  }

  private void damaged(Path original, Path file) throws IOException {
    MutationTarget mutationTarget = MutationTarget.of(Files.readAllBytes(original));
    String name = original.getFileName().toString();
    MutationCounts mutationCounts = new MutationCounts(name);
    int times = (MUTATIONS + FILES.size() - 1) / FILES.size();
    for (int i = 0; i < times; i++) {
      Files.write(file, mutationTarget.made(RandomStream.of(5).at(name).at(i)));
      int number = i;
      assertTimeoutPreemptively(
          LONGEST, () -> one(file, number, mutationCounts), () -> name + ", mutation " + number);
    }
    mutationCounts.write();
  }

  private void one(Path file, int number, MutationCounts mutationCounts) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    long start = System.nanoTime();
    try {
      ImportResult read = OnnxImporter.read(file, ImportOptions.DEFAULT);
      if (read instanceof ImportedGraph graph) {
        mutationCounts.outcome("imported");
        if (number % COMPILED_OF == 0) {
          compiled(graph, mutationCounts);
        }
      } else if (read instanceof ImportFailure not) {
        assertThat(not.obstacles())
            .isNotEmpty()
            .noneMatch(o -> o.contains("do not fit one another"));
        mutationCounts.outcome("not imported");
        not.obstacles().forEach(mutationCounts::message);
      }
    } catch (TrifocalException e) {
      assertThat(e).hasMessageStartingWith(file.toString());
      mutationCounts.outcome("refused");
      mutationCounts.message(e.getMessage());
    }
    long bytes = THREADS.getCurrentThreadAllocatedBytes() - before;
    mutationCounts.file(Duration.ofNanos(System.nanoTime() - start).toMillis(), bytes);
    assertThat(bytes).as("bytes of memory").isLessThan(MOST_BYTES);
  }

  private void compiled(ImportedGraph graph, MutationCounts mutationCounts) {
    try {
      backend.compile(graph.graph(), graph.weights(), RunOptions.DEFAULT).close();
      mutationCounts.outcome("of them compiled");
    } catch (TrifocalException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }
}
