package dev.trifocal.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.error.FileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConformanceDocumentTest {
  @TempDir private Path root;

  @Test
  void reports_of_all_modules_become_one_table_per_topic() throws IOException {
    Path onnx = root.resolve("backend-onnx/target/conformance");
    Path djl = root.resolve("backend-djl/target/conformance");
    BackendReport.add(onnx, "onnx", ContractTopic.LAYERS, layers(5, List.of(), 1.2345e-7, 0));
    BackendReport.add(
        onnx, "onnx", ContractTopic.INPUTS, new ContractResults(20, List.of(), new TreeMap<>()));
    BackendReport.add(
        djl, "djl", ContractTopic.LAYERS, layers(4, List.of("slice", "pad"), 9.96e-6, 3e-5));
    Files.createDirectories(root.resolve("docs"));
    ConformanceDocument.main(root.toString());
    String document = Files.readString(root.resolve("docs/conformance.md"));
    assertThat(document)
        .contains(
            """
            | contract | djl | onnx |
            | --- | ---: | ---: |
            | Layers | 4 | 5 |
            """)
        .contains("| Inputs | - | 20 |\n")
        .contains("| all | 4 | 25 |\n")
        .contains("| djl | pad, slice |\n| onnx | none |\n")
        .contains(
            """
            |  | djl forward | djl gradient | onnx forward | onnx gradient |
            | --- | ---: | ---: | ---: | ---: |
            | Conv2d | 1.0e-05 | 3.0e-05 | 1.2e-07 | 0 |
            """);
    assertThat(document.split("\n## ")).hasSize(4);
  }

  @Test
  void what_another_contract_wrote_stays_and_what_the_same_one_wrote_goes() {
    BackendReport.add(root, "x", ContractTopic.LAYERS, layers(5, List.of(), 1, 2));
    BackendReport.add(root, "x", ContractTopic.INPUTS, layers(6, List.of(), 3, 4));
    BackendReport.add(root, "x", ContractTopic.LAYERS, layers(7, List.of("a"), 5, 6));
    assertThat(BackendReport.read(root.resolve("x.json")))
        .isEqualTo(
            new BackendReport(
                "x",
                Map.of(
                    ContractTopic.LAYERS,
                    layers(7, List.of("a"), 5, 6),
                    ContractTopic.INPUTS,
                    layers(6, List.of(), 3, 4))));
  }

  @Test
  void a_report_in_another_form_is_replaced() throws IOException {
    Files.writeString(root.resolve("x.json"), "{\"layers\" : 3}");
    BackendReport.add(root, "x", ContractTopic.INPUTS, layers(6, List.of(), 3, 4));
    assertThat(BackendReport.read(root.resolve("x.json")).topics())
        .containsOnlyKeys(ContractTopic.INPUTS);
  }

  @Test
  void without_reports_there_is_a_message() {
    assertThatThrownBy(() -> ConformanceDocument.main(root.toString()))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("run the tests first");
  }

  private static ContractResults layers(
      int cases, List<String> refused, double forward, double gradient) {
    SortedMap<String, Double> kinds = new TreeMap<>();
    kinds.put("forward", forward);
    kinds.put("gradient", gradient);
    SortedMap<String, SortedMap<String, Double>> deviations = new TreeMap<>();
    deviations.put("Conv2d", kinds);
    return new ContractResults(cases, refused, deviations);
  }
}
