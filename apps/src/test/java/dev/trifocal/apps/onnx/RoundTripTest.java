package dev.trifocal.apps.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.trifocal.onnx.OnnxExporter;
import dev.trifocal.onnx.importer.ImportOptions;
import dev.trifocal.onnx.importer.ImportResult;
import dev.trifocal.onnx.importer.ImportedGraph;
import dev.trifocal.onnx.importer.OnnxImporter;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Published files become graphs that, written as ONNX and read again, are the same graphs. */
class RoundTripTest {
  @TestFactory
  Stream<DynamicTest> an_import_survives_export_and_import(@TempDir Path folder) {
    return Stream.concat(GoldenModel.cases().stream(), GoldenModel.models().stream())
        .filter(GoldenModel::becomesGraph)
        .map(one -> dynamicTest(one.name(), () -> survives(one, folder)));
  }

  private static void survives(GoldenModel one, Path folder) {
    ImportedGraph first = imported(OnnxImporter.read(one.file(), one.options()));
    Path file = folder.resolve(one.name() + ".onnx");
    OnnxExporter.write(file, first.graph(), first.weights(), Map.of());
    ImportOptions size = ImportOptions.DEFAULT.input(first.graph().inputs().get(0).shape());
    ImportedGraph second = imported(OnnxImporter.read(file, size));
    assertThat(second.graph()).isEqualTo(first.graph());
    assertThat(second.weights()).isEqualTo(first.weights());
  }

  private static ImportedGraph imported(ImportResult read) {
    assertThat(read).isInstanceOf(ImportedGraph.class);
    return (ImportedGraph) read;
  }
}
