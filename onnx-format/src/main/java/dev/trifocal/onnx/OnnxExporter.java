package dev.trifocal.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import dev.trifocal.error.GraphException;
import dev.trifocal.graph.Graph;
import dev.trifocal.shape.Shape;
import dev.trifocal.trainer.TrainingState;
import dev.trifocal.weights.Weights;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Writes a graph with its weights as an ONNX model in evaluation mode: opset 17, float32, batch
 * axis symbolic. Inputs and outputs keep the graph's names, weights their full names, and nodes are
 * named after their layer's path.
 */
public final class OnnxExporter {
  /** Of a protobuf message; what is not weights needs far less than the rest of 2 GiB. */
  public static final long MOST_BYTES = (1L << 31) - (1 << 26);

  /** The metadata property with the size of a sample, such as {@code 3x224x224}. */
  public static final String INPUT = "input";

  private OnnxExporter() {}

  /**
   * For any image size, if the graph means the same at others; else for its own.
   *
   * @param metadata put into the model's metadata properties; where the image size is left open,
   *     {@value #INPUT} is added, which says the graph's own
   * @throws dev.trifocal.error.WeightsException if the weights do not fit the graph
   * @throws GraphException if the weights are more than an ONNX file can hold
   */
  public static ModelProto model(Graph graph, Weights weights, Map<String, String> metadata) {
    DynamicSizes sizes = DynamicSizes.of(graph);
    Map<String, String> more = new TreeMap<>(metadata);
    if (!sizes.images().isEmpty()) {
      more.putIfAbsent(INPUT, size(graph.inputs().get(0).shape()));
    }
    return model(graph, weights, sizes, more);
  }

  /** As {@link #model}, for the graph's own image size, for which an engine may prepare itself. */
  public static ModelProto ownSize(Graph graph, Weights weights) {
    return model(graph, weights, DynamicSizes.none(graph), Map.of());
  }

  /**
   * Writes {@link #model} to a file.
   *
   * @throws dev.trifocal.error.FileException if that fails; nothing is left behind then
   */
  public static void write(Path file, Graph graph, Weights weights, Map<String, String> metadata) {
    OnnxFile.write(file, model(graph, weights, metadata));
  }

  /**
   * Writes a trained classifier with the names of its classes and how its pictures are prepared, so
   * that whoever reads the file needs to be told neither. Auxiliary outputs are left out.
   *
   * @throws dev.trifocal.error.DataException if the names of the classes are too many or too few
   * @throws dev.trifocal.error.FileException if writing fails; nothing is left behind then
   */
  public static void write(Path file, TrainingState state) {
    TrainingState trained = state.inference();
    write(
        file,
        trained.checkpoint().graph(),
        trained.checkpoint().weights(),
        ModelMetadata.of(trained));
  }

  /**
   * Writes a classifier with what is known of it.
   *
   * @throws dev.trifocal.error.DataException if the names of the classes are too many or too few
   * @throws dev.trifocal.error.FileException if writing fails; nothing is left behind then
   */
  public static void write(Path file, Graph graph, Weights weights, ModelMetadata metadata) {
    metadata.requireNames(graph.name(), graph);
    write(file, graph, weights, metadata.properties());
  }

  private static ModelProto model(
      Graph graph, Weights weights, DynamicSizes sizes, Map<String, String> metadata) {
    weights.requireFit(graph.name(), graph.weightShapes());
    requireRoom(graph, weights);
    OnnxGraphBuilder onnx = new OnnxGraphBuilder(graph.name());
    graph.weightShapes().keySet().forEach(name -> onnx.initializer(name, weights.tensor(name)));
    new LoweredGraph(graph, onnx, sizes).write();
    return onnx.build(metadata);
  }

  /** As a metadata property has it. */
  public static String size(Shape sample) {
    return sample.sizes().stream().map(String::valueOf).collect(Collectors.joining("x"));
  }

  private static void requireRoom(Graph graph, Weights weights) {
    long bytes =
        graph.weightShapes().keySet().stream()
            .mapToLong(name -> weights.tensor(name).bytes().capacity())
            .sum();
    if (bytes > MOST_BYTES) {
      throw new GraphException(
          "%s: its weights take %.1f GiB, but an ONNX file holds less than 2 GiB"
              .formatted(graph.name(), bytes / (double) (1L << 30)));
    }
  }
}
