package dev.trifocal.apps.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.trifocal.apps.engine.FoundBackends;
import dev.trifocal.backend.Backend;
import dev.trifocal.backend.Program;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.onnx.importer.FileValue;
import dev.trifocal.onnx.importer.ImportOptions;
import dev.trifocal.onnx.importer.ImportResult;
import dev.trifocal.onnx.importer.ImportedGraph;
import dev.trifocal.onnx.importer.OnnxImporter;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.testkit.MaxDeviation;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Files of many exporters become graphs that give the same numbers on every engine. */
class GoldenModelTest {
  private static final double TOLERANCE = 1e-4;

  private final List<Backend> backends = FoundBackends.all();

  @TestFactory
  Stream<DynamicContainer> files_of_many_exporters() {
    return GoldenModel.cases().stream()
        .filter(GoldenModel::becomesGraph)
        .map(one -> dynamicContainer(one.name(), Stream.of(one).flatMap(this::tests)));
  }

  @TestFactory
  Stream<DynamicContainer> pretrained_models() {
    return GoldenModel.models().stream()
        .map(one -> dynamicContainer(one.name(), Stream.of(one).flatMap(this::tests)));
  }

  @TestFactory
  Stream<DynamicTest> graphs_whose_weights_were_taken_out() {
    Path folder = PublishedFiles.folder().resolve("onnx-cases");
    return Stream.of("resnet50", "squeezenet", "vgg19")
        .map(name -> folder.resolve("graphonly_caffe2_%s_op9.onnx".formatted(name)))
        .map(
            file ->
                dynamicTest(
                    file.getFileName().toString(),
                    () ->
                        assertThat(OnnxImporter.read(file, ImportOptions.DEFAULT))
                            .isInstanceOf(ImportedGraph.class)));
  }

  private Stream<DynamicTest> tests(GoldenModel one) {
    ImportResult read = OnnxImporter.read(one.file(), one.options());
    assertThat(read).isInstanceOf(ImportedGraph.class);
    ImportedGraph imported = (ImportedGraph) read;
    return backends.stream().map(b -> dynamicTest(b.name(), () -> equal(b, imported, one)));
  }

  private static void equal(Backend backend, ImportedGraph imported, GoldenModel one) {
    FileValue input = imported.facts().inputs().get(0);
    try (Program program =
        backend.compile(imported.graph(), imported.weights(), RunOptions.DEFAULT)) {
      Map<String, Tensor> outputs = program.run(Map.of(input.path(), one.inputFor(input)));
      for (FileValue output : imported.facts().outputs()) {
        if (one.outputs().containsKey(output.name())) {
          Tensor expected = one.outputs().get(output.name()).tensor();
          MaxDeviation.require(output.name(), outputs.get(output.path()), expected, TOLERANCE);
        }
      }
      assertThat(imported.facts().outputs())
          .extracting(FileValue::name)
          .containsAll(one.outputs().keySet());
    }
  }
}
