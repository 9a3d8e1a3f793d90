package dev.trifocal.onnx.internal.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperatorDocumentTest {
  @Test
  void the_committed_document_is_what_the_code_generates(@TempDir Path folder) throws IOException {
    Files.createDirectories(folder.resolve("docs"));
    OperatorDocument.main(folder.toString());
    assertThat(Path.of("../docs/onnx.md"))
        .as("run OperatorDocument, as docs/onnx.md says")
        .hasSameTextualContentAs(folder.resolve("docs/onnx.md"));
  }

  @Test
  void every_operator_says_since_when_it_is_known_and_what_it_becomes() {
    assertThat(OperatorTable.standard().all())
        .hasSizeGreaterThan(60)
        .allSatisfy(
            operator -> {
              assertThat(operator.versions()).isNotEmpty().isSorted().doesNotHaveDuplicates();
              assertThat(operator.versions()).allSatisfy(v -> assertThat(v).isBetween(1, 23));
              assertThat(operator.becomes()).isNotBlank();
              assertThat(operator.changes()).doesNotContain("|", "\n");
            });
  }
}
