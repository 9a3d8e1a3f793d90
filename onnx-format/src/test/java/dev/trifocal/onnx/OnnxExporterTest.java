package dev.trifocal.onnx;

import static dev.trifocal.layer.Layer.conv;
import static dev.trifocal.layer.Layer.dense;
import static dev.trifocal.layer.Layer.dropout;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.trifocal.error.GraphException;
import dev.trifocal.graph.Graph;
import dev.trifocal.layer.BatchNorm;
import dev.trifocal.onnx.importer.ImportOptions;
import dev.trifocal.onnx.importer.ImportedGraph;
import dev.trifocal.onnx.importer.OnnxImporter;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.weights.Weights;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an exported model says of itself, and what it keeps for those who train on. */
class OnnxExporterTest {
  private final Graph graph =
      Graph.build(
          "small",
          Shape.of(3, 8, 10),
          x ->
              x.then("stem", conv(4, 3).withoutBias())
                  .then("norm", new BatchNorm(1e-3, 0.03))
                  .then("drop", dropout(0.3)));

  @Test
  void a_model_names_its_producer_version_opset_and_metadata() {
    ModelProto model = model(graph, Map.of("classes", "[\"cat\"]"));
    assertThat(model.getProducerName()).isEqualTo("Trifocal");
    assertThat(model.getProducerVersion()).matches("\\d+[.]\\d+[.]\\d+.*");
    assertThat(model.getOpsetImport(0).getVersion()).isEqualTo(17);
    assertThat(model.getIrVersion()).isEqualTo(8);
    assertThat(model.getMetadataPropsList())
        .anyMatch(e -> e.getKey().equals("classes") && e.getValue().equals("[\"cat\"]"));
  }

  @Test
  void nodes_are_named_after_their_layers_and_weights_keep_their_names() {
    ModelProto model = model(graph, Map.of());
    assertThat(model.getGraph().getNodeList())
        .extracting(NodeProto::getName)
        .containsExactly("stem/Conv", "norm/BatchNormalization", "drop/Dropout");
    assertThat(model.getGraph().getInitializerList())
        .extracting(TensorProto::getName)
        .containsAll(graph.weightShapes().keySet());
  }

  @Test
  void what_only_training_needs_comes_back() {
    ImportedGraph back =
        (ImportedGraph)
            OnnxImporter.read(
                Path.of("small.onnx"),
                model(graph, Map.of()),
                ImportOptions.DEFAULT.input(Shape.of(3, 8, 10)));
    assertThat(back.graph().node("norm").layer()).isEqualTo(new BatchNorm(1e-3, 0.03));
    assertThat(back.graph().node("drop").layer()).isEqualTo(dropout(0.3));
    assertThat(back.graph()).isEqualTo(graph);
  }

  @Test
  void weights_beyond_what_a_file_holds_are_refused_before_anything_is_written() {
    int size = 1 << 12;
    Graph wide =
        Graph.build(
            "wide",
            Shape.of(size),
            x -> {
              for (int i = 0; i < 32; i++) {
                x = x.then("layer" + i, dense(size).withoutBias());
              }
              return x;
            });
    Tensor shared = Tensor.floats(Shape.of(size, size), buffer -> {});
    Map<String, Tensor> all = new HashMap<>();
    wide.weightShapes().keySet().forEach(name -> all.put(name, shared));
    assertThatThrownBy(() -> OnnxExporter.model(wide, new Weights(all), Map.of()))
        .isInstanceOf(GraphException.class)
        .hasMessage("wide: the weights take 2.0 GiB, but an ONNX file must be smaller than 2 GiB");
  }

  private static ModelProto model(Graph graph, Map<String, String> metadata) {
    return OnnxExporter.model(graph, graph.initialWeights(1), metadata);
  }
}
