package dev.trifocal.backend.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnxruntime.OrtException;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.graph.Graph;
import dev.trifocal.layer.Layer;
import dev.trifocal.shape.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("What ONNX Runtime makes of a network for predictions")
class OptimizedPredictionTest {
  private static final Shape SAMPLE = Shape.of(3, 32, 32);

  @TempDir Path folder;

  private List<NodeProto> nodes;

  @BeforeEach
  void optimized() throws IOException, OrtException {
    Graph net =
        Graph.build(
            "net",
            SAMPLE,
            image ->
                image
                    .then("conv1", Layer.conv(32, 3).padding(1))
                    .then("bn1", Layer.batchNorm())
                    .then("relu1", Layer.relu6())
                    .then("drop", Layer.dropout(0.5))
                    .then("conv2", Layer.conv(32, 3).padding(1))
                    .then("bn2", Layer.batchNorm())
                    .then("relu2", Layer.relu()));
    Path file = folder.resolve("optimized.onnx");
    OnnxProgram.open(
            net,
            net.initialWeights(1),
            RunOptions.DEFAULT,
            (name, model, options, further) ->
                OnnxSessions.open(
                    name,
                    model,
                    options,
                    session -> {
                      further.set(session);
                      session.setOptimizedModelFilePath(file.toString());
                    }))
        .close();
    try (InputStream stream = Files.newInputStream(file)) {
      nodes = ModelProto.parseFrom(stream).getGraph().getNodeList();
    }
  }

  @Test
  void normalizationAndActivationsArePartOfTheConvolutions() {
    assertThat(nodes)
        .extracting(NodeProto::getOpType)
        .filteredOn(operator -> !operator.startsWith("Reorder"))
        .containsExactly("Conv", "Conv");
  }

  @Test
  void theLayoutIsBlocked() {
    assumeTrue(
        System.getProperty("os.arch").equals("amd64"), "other processors have other layouts");
    assertThat(nodes).extracting(NodeProto::getDomain).containsOnly("com.microsoft.nchwc");
  }
}
