package dev.trifocal.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import dev.trifocal.error.GraphException;
import dev.trifocal.graph.Graph;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.HalfPrecision;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.trainer.TrainingState;
import dev.trifocal.weights.Weights;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Writes a graph with its weights as an ONNX model in evaluation mode: opset 17, float32, symbolic
 * batch axis. Weights can be stored in 16 bits, and the model still computes in float32. Inputs and
 * outputs keep the names of the graph, weights their full names; nodes are named after the paths of
 * their layers.
 */
public final class OnnxExporter {
  /**
   * The most bytes of weights in one model. A protobuf message is limited to 2 GiB; the margin
   * leaves room for everything else.
   */
  public static final long MOST_BYTES = (1L << 31) - (1 << 26);

  /** The metadata property that holds the size of a sample, such as {@code 3x224x224}. */
  public static final String INPUT = "input";

  private OnnxExporter() {}

  /**
   * Converts a graph to an ONNX model. The image size is left open if the graph's ONNX form does
   * not depend on it.
   *
   * @param metadata entries for the model's metadata properties; if the image size is left open,
   *     {@value #INPUT} with the graph's own size is added
   * @throws dev.trifocal.error.WeightsException if the weights do not match the graph
   * @throws GraphException if the weights exceed the size of an ONNX file
   */
  public static ModelProto model(Graph graph, Weights weights, Map<String, String> metadata) {
    return model(graph, weights, metadata, Optional.empty());
  }

  /**
   * Like {@link #model(Graph, Weights, Map)}, with the weights stored in 16 bits and cast to
   * float32 by the model's first nodes.
   *
   * @throws dev.trifocal.error.WeightsException if a finite weight is beyond the range of the
   *     format
   */
  public static ModelProto model(
      Graph graph, Weights weights, Map<String, String> metadata, HalfPrecision half) {
    return model(graph, weights, metadata, Optional.of(half));
  }

  private static ModelProto model(
      Graph graph, Weights weights, Map<String, String> metadata, Optional<HalfPrecision> half) {
    DynamicSizes sizes = DynamicSizes.of(graph);
    Map<String, String> more = new TreeMap<>(metadata);
    if (!sizes.images().isEmpty()) {
      more.putIfAbsent(INPUT, size(graph.inputs().get(0).shape()));
    }
    return model(graph, weights, sizes, more, half);
  }

  /**
   * Like {@link #model}, but with the image size fixed, so that an engine can optimise for it, and
   * with large weights as external data, see {@link OnnxGraphBuilder#externalInitializer}.
   */
  public static ModelProto ownSize(Graph graph, Weights weights) {
    weights.requireFit(graph.name(), graph.weightShapes());
    requireRoom(graph, Optional.empty());
    OnnxGraphBuilder onnx = new OnnxGraphBuilder(graph.name());
    graph
        .weightShapes()
        .keySet()
        .forEach(name -> onnx.externalInitializer(name, weights.tensor(name)));
    new LoweredGraph(graph, onnx, DynamicSizes.none(graph)).write();
    return onnx.build(Map.of());
  }

  /**
   * Writes the result of {@link #model} to a file.
   *
   * @throws dev.trifocal.error.FileException if writing fails; no partial file is left behind
   */
  public static void write(Path file, Graph graph, Weights weights, Map<String, String> metadata) {
    OnnxFile.write(file, model(graph, weights, metadata));
  }

  /**
   * Writes a trained classifier with its class names and preprocessing, so that the file can be
   * used without further settings. Auxiliary outputs are left out.
   *
   * @throws dev.trifocal.error.DataException if the number of class names differs from the number
   *     of classes
   * @throws dev.trifocal.error.FileException if writing fails; no partial file is left behind
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
   * Writes a classifier with its metadata.
   *
   * @throws dev.trifocal.error.DataException if the number of class names differs from the number
   *     of classes
   * @throws dev.trifocal.error.FileException if writing fails; no partial file is left behind
   */
  public static void write(Path file, Graph graph, Weights weights, ModelMetadata metadata) {
    metadata.requireNames(graph.name(), graph);
    write(file, graph, weights, metadata.properties());
  }

  /**
   * Like {@link #write(Path, TrainingState)}, with the weights stored in 16 bits.
   *
   * @throws dev.trifocal.error.WeightsException if a finite weight is beyond the range of the
   *     format
   */
  public static void write(Path file, TrainingState state, HalfPrecision half) {
    TrainingState trained = state.inference();
    write(
        file,
        trained.checkpoint().graph(),
        trained.checkpoint().weights(),
        ModelMetadata.of(trained),
        half);
  }

  /**
   * Like {@link #write(Path, Graph, Weights, ModelMetadata)}, with the weights stored in 16 bits.
   *
   * @throws dev.trifocal.error.WeightsException if a finite weight is beyond the range of the
   *     format
   */
  public static void write(
      Path file, Graph graph, Weights weights, ModelMetadata metadata, HalfPrecision half) {
    metadata.requireNames(graph.name(), graph);
    OnnxFile.write(file, model(graph, weights, metadata.properties(), half));
  }

  /** Returns the size of the file that the weights make in float32, in bytes. */
  public static long bytes(Graph graph, Weights weights, ModelMetadata metadata) {
    return model(graph, weights, metadata.properties()).getSerializedSize();
  }

  private static ModelProto model(
      Graph graph,
      Weights weights,
      DynamicSizes sizes,
      Map<String, String> metadata,
      Optional<HalfPrecision> half) {
    weights.requireFit(graph.name(), graph.weightShapes());
    requireRoom(graph, half);
    half.ifPresent(weights::requireRange);
    OnnxGraphBuilder onnx = new OnnxGraphBuilder(graph.name());
    graph
        .weightShapes()
        .keySet()
        .forEach(
            name -> {
              Tensor weight = weights.tensor(name);
              half.ifPresentOrElse(
                  format -> onnx.initializer(name, weight, format),
                  () -> onnx.initializer(name, weight));
            });
    new LoweredGraph(graph, onnx, sizes).write();
    return onnx.build(metadata);
  }

  /** Formats a shape for a metadata property, such as {@code 3x224x224}. */
  public static String size(Shape sample) {
    return sample.sizes().stream().map(String::valueOf).collect(Collectors.joining("x"));
  }

  private static void requireRoom(Graph graph, Optional<HalfPrecision> half) {
    int each = half.isPresent() ? Short.BYTES : Float.BYTES;
    long bytes = each * graph.weightShapes().values().stream().mapToLong(Shape::elements).sum();
    if (bytes > MOST_BYTES) {
      throw new GraphException(
          "%s: the weights take %.1f GiB, but an ONNX file must be smaller than 2 GiB"
              .formatted(graph.name(), bytes / (double) (1L << 30)));
    }
  }
}
