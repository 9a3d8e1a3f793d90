package dev.trifocal.testkit.conformance;

import dev.trifocal.error.FileException;
import dev.trifocal.file.AtomicFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Generates {@code docs/conformance.md} from the reports of all modules. */
public final class ConformanceDocument {
  private static final String HEAD =
      """
      # Conformance

      What the kit in `testkit` measured on each backend. This file is generated from the reports that
      the tests of all modules leave in `target/conformance`; after a build, from the root of the
      repository:

      ```
      mvn verify
      java -cp 'testkit/target/classes:apps/target/lib/*' dev.trifocal.testkit.conformance.ConformanceDocument
      ```

      Figures have two digits and are the largest that were seen; they differ a little from machine to
      machine. A dash stands where there was nothing to compare.
      """;

  private ConformanceDocument() {}

  /**
   * Writes the document.
   *
   * @param arguments the root of the repository; by default the working directory
   * @throws FileException if there are no reports
   */
  public static void main(String... arguments) {
    Path root = Path.of(arguments.length == 0 ? "" : arguments[0]);
    AtomicFile.write(root.resolve("docs/conformance.md"), of(reports(root)));
  }

  static String of(List<BackendReport> reports) {
    StringBuilder text = new StringBuilder(HEAD);
    text.append("\n## Cases passed\n\n").append(MarkdownTables.cases(reports));
    text.append("\n## What is not supported\n\n").append(MarkdownTables.refused(reports));
    for (ContractTopic topic : ContractTopic.values()) {
      String table = MarkdownTables.deviations(topic, reports);
      if (!table.isEmpty()) {
        text.append("\n## %s\n\n%s\n\n".formatted(topic.title(), topic.meaning())).append(table);
      }
    }
    return text.toString();
  }

  /** Reads the reports of all modules, by backend name. */
  static List<BackendReport> reports(Path root) {
    List<BackendReport> reports;
    try (Stream<Path> modules = Files.list(root)) {
      reports =
          modules
              .map(module -> module.resolve("target/conformance"))
              .filter(Files::isDirectory)
              .map(folder -> Objects.requireNonNull(folder.toFile().listFiles()))
              .flatMap(Stream::of)
              .map(file -> BackendReport.read(file.toPath()))
              .sorted(Comparator.comparing(BackendReport::backend))
              .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (reports.isEmpty()) {
      throw new FileException(
          "%s: there are no reports in the modules' target/conformance; run the tests first"
              .formatted(root.toAbsolutePath()));
    }
    return reports;
  }
}
