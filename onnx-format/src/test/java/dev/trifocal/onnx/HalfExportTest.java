package dev.trifocal.onnx;

import static dev.trifocal.layer.Layer.conv;
import static dev.trifocal.layer.Layer.dense;
import static dev.trifocal.layer.Layer.flatten;
import static dev.trifocal.layer.Layer.relu;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.trifocal.error.WeightsException;
import dev.trifocal.graph.Graph;
import dev.trifocal.layer.BatchNorm;
import dev.trifocal.onnx.importer.ImportOptions;
import dev.trifocal.onnx.importer.ImportedGraph;
import dev.trifocal.onnx.importer.OnnxImporter;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.HalfPrecision;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.weights.HalfRounding;
import dev.trifocal.weights.Weights;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HalfExportTest {
  private final Graph graph =
      Graph.build(
          "small",
          Shape.of(3, 8, 8),
          x ->
              x.then("stem", conv(40, 3))
                  .then("norm", new BatchNorm(1e-3, 0.03))
                  .then("relu", relu())
                  .then("flat", flatten())
                  .then("fc", dense(10)));

  private final Weights weights = graph.initialWeights(1);

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void an_exported_model_comes_back_with_its_graph_and_the_rounded_weights(HalfPrecision format) {
    ImportedGraph back = read(OnnxExporter.model(graph, weights, Map.of(), format));
    assertThat(back.graph()).isEqualTo(graph);
    assertThat(back.weights()).isEqualTo(HalfRounding.of(weights, format).weights());
    assertThat(back.weights()).isNotEqualTo(weights);
  }

  @Test
  void weights_keep_their_names_and_nodes_read_them_in_float32() {
    ModelProto model = OnnxExporter.model(graph, weights, Map.of(), HalfPrecision.FP16);
    for (TensorProto tensor : model.getGraph().getInitializerList()) {
      if (graph.weightShapes().containsKey(tensor.getName())) {
        assertThat(tensor.getDataType()).isEqualTo(TensorProto.DataType.FLOAT16_VALUE);
      }
    }
    NodeProto conv =
        model.getGraph().getNodeList().stream()
            .filter(node -> node.getOpType().equals("Conv"))
            .findFirst()
            .orElseThrow();
    assertThat(conv.getInputList()).containsExactly("input", "stem.weight/Cast", "stem.bias/Cast");
    assertThat(model.getGraph().getNode(0).getOpType()).isEqualTo("Cast");
  }

  @Test
  void the_file_has_half_the_size() {
    Path wide = folder.resolve("float32.onnx");
    Path narrow = folder.resolve("fp16.onnx");
    ModelMetadata metadata = ModelMetadata.of("x", Map.of());
    OnnxExporter.write(wide, graph, weights, metadata);
    OnnxExporter.write(narrow, graph, weights, metadata, HalfPrecision.FP16);
    assertThat(wide).hasSize(OnnxExporter.bytes(graph, weights, metadata));
    long elements = graph.weightShapes().values().stream().mapToLong(Shape::elements).sum();
    long castNodes = 8 * 120L;
    assertThat(wide.toFile().length() - narrow.toFile().length())
        .isBetween(2 * elements - castNodes, 2 * elements);
  }

  @Test
  void a_weight_beyond_the_range_is_refused_before_anything_is_written() {
    Path file = folder.resolve("x.onnx");
    Weights large =
        weights.with(Map.of("fc.bias", Tensor.floats(Shape.of(10), b -> b.put(3, -1e5f))));
    assertThatThrownBy(
            () ->
                OnnxExporter.write(
                    file, graph, large, ModelMetadata.of("x", Map.of()), HalfPrecision.FP16))
        .isInstanceOf(WeightsException.class)
        .hasMessageContaining("'fc.bias' holds -100000.0, which is beyond the range of fp16")
        .hasMessageContaining("choose bf16");
    assertThat(file).doesNotExist();
    OnnxExporter.write(file, graph, large, ModelMetadata.of("x", Map.of()), HalfPrecision.BF16);
    assertThat(file).exists();
  }

  private static ImportedGraph read(ModelProto model) {
    return (ImportedGraph)
        OnnxImporter.read(
            Path.of("small.onnx"), model, ImportOptions.DEFAULT.input(Shape.of(3, 8, 8)));
  }
}
