package dev.trifocal.apps.mutation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.sun.management.ThreadMXBean;
import dev.trifocal.error.TrifocalException;
import dev.trifocal.random.RandomStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever happens to a file, reading it gives its content or a message, soon, and within memory in
 * proportion to its length. {@code -Dtrifocal.mutations=N} damages N files of each kind, {@code
 * -Dtrifocal.seed=S} others. Files that fail are kept in {@code target/mutations}.
 */
class DamagedFilesTest {
  private static final int MUTATIONS = Integer.getInteger("trifocal.mutations", 250);
  private static final long SEED = Long.getLong("trifocal.seed", 5);
  private static final Duration LONGEST = Duration.ofSeconds(5);
  private static final int LONGEST_MESSAGE = 2_000;
  private static final Path KEPT = Path.of("target", "mutations");

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @TestFactory
  Stream<DynamicTest> damaged_files_are_read_or_refused(@TempDir Path folder) throws IOException {
    return FileKinds.in(folder)
        .map(kind -> dynamicTest(kind.name(), () -> damaged(kind, folder.resolve("damaged"))));
  }

  private void damaged(FileKind kind, Path file) throws IOException {
    for (byte[] original : kind.originals()) {
      Files.write(file, original);
      kind.reader().accept(file);
    }
    MutationCounts counts = new MutationCounts(kind.name());
    List<String> failures = new ArrayList<>();
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] original = kind.originals().get(i % kind.originals().size());
      RandomChoices dice = new RandomChoices(RandomStream.of(SEED).at(kind.name()).at(i));
      byte[] damaged = kind.damage().done(original, dice);
      Files.write(file, damaged);
      try {
        assertTimeoutPreemptively(LONGEST, () -> one(kind, file, damaged.length, counts));
      } catch (AssertionError | RuntimeException | StackOverflowError | OutOfMemoryError e) {
        counts.outcome("FAILED");
        failures.add("%s %d: %s".formatted(kind.name(), i, e));
        Files.createDirectories(KEPT);
        Files.write(KEPT.resolve("%s-%d".formatted(kind.name(), i)), damaged);
      }
    }
    counts.write();
    assertThat(failures).isEmpty();
  }

  private void one(FileKind kind, Path file, int length, MutationCounts counts) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    long start = System.nanoTime();
    try {
      kind.reader().accept(file);
      counts.outcome("read");
    } catch (TrifocalException e) {
      assertThat(e.getMessage()).isNotBlank().hasSizeLessThan(LONGEST_MESSAGE);
      counts.outcome("refused");
      counts.message(e.getMessage());
    }
    long bytes = THREADS.getCurrentThreadAllocatedBytes() - before;
    counts.file(Duration.ofNanos(System.nanoTime() - start).toMillis(), bytes);
    assertThat(bytes)
        .as("memory for a file of %,d bytes", length)
        .isLessThan(kind.mostBytes(length));
  }
}
