package dev.trifocal.apps.mutation;

import static dev.trifocal.layer.Layer.batchNorm;
import static dev.trifocal.layer.Layer.conv;
import static dev.trifocal.layer.Layer.dense;
import static dev.trifocal.layer.Layer.dropout;
import static dev.trifocal.layer.Layer.flatten;
import static dev.trifocal.layer.Layer.maxPool;
import static dev.trifocal.layer.Layer.relu;

import dev.trifocal.data.Dataset;
import dev.trifocal.data.Sample;
import dev.trifocal.data.Splits;
import dev.trifocal.file.DigestBuilder;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Sequential;
import dev.trifocal.random.RandomStream;
import dev.trifocal.selection.Backends;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.train.SoftmaxCrossEntropy;
import dev.trifocal.trainer.RunDirectory;
import dev.trifocal.trainer.Trainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A run of two epochs, whose files are replaced by damaged ones.
 *
 * @param last the checkpoint
 */
record SmallRun(Path last, byte[] state, byte[] graph, byte[] weights) {
  private static final Shape IMAGE = Shape.of(1, 8, 8);

  static SmallRun in(Path folder) throws IOException {
    Dataset samples =
        Dataset.of(
            16,
            index -> {
              RandomStream random = RandomStream.of(index);
              return Sample.of(
                  Tensor.floats(
                      IMAGE,
                      buffer -> {
                        for (int i = 0; i < IMAGE.elements(); i++) {
                          buffer.put(random.uniform(i));
                        }
                      }),
                  index % 3);
            });
    Graph network =
        Graph.build(
            "small",
            IMAGE,
            Sequential.of(
                conv(4, 3).same(),
                batchNorm(),
                relu(),
                maxPool(2),
                flatten(),
                dropout(0.5),
                dense(3)));
    Trainer.on(Backends.get("onnx"))
        .loss(new SoftmaxCrossEntropy())
        .epochs(2)
        .batchSize(8)
        .saveTo(folder)
        .fit(network, Splits.of(samples, samples));
    Path last = folder.resolve("last");
    return new SmallRun(
        last,
        Files.readAllBytes(last.resolve("state.json")),
        Files.readAllBytes(last.resolve("graph.json")),
        Files.readAllBytes(last.resolve("weights.safetensors")));
  }

  /** Reads the checkpoint with another {@code state.json}. */
  void readState(Path damaged) {
    replaced(bytes(damaged), graph);
    RunDirectory.trained(last);
  }

  /** Reads the checkpoint with another {@code graph.json}, whose digest is right. */
  void readGraph(Path damaged) {
    byte[] other = bytes(damaged);
    String text = new String(state, StandardCharsets.UTF_8).replace(digest(graph), digest(other));
    replaced(text.getBytes(StandardCharsets.UTF_8), other);
    RunDirectory.trained(last);
  }

  private void replaced(byte[] otherState, byte[] otherGraph) {
    try {
      Files.write(last.resolve("state.json"), otherState);
      Files.write(last.resolve("graph.json"), otherGraph);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String digest(byte[] content) {
    return DigestBuilder.sha256().add(ByteBuffer.wrap(content)).build().text();
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
