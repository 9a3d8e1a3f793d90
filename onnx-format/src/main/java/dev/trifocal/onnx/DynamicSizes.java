package dev.trifocal.onnx;

import dev.trifocal.graph.Graph;
import dev.trifocal.shape.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The image sizes that a model leaves open.
 *
 * @param images for each open axis, the same graph built for images that are larger along that axis
 */
record DynamicSizes(Graph graph, Map<Integer, Graph> images) {
  private static final Map<Integer, String> NAMES = Map.of(1, "height", 2, "width");

  /** Returns fixed sizes: the model accepts only the image size that the graph was built for. */
  static DynamicSizes none(Graph graph) {
    return new DynamicSizes(graph, Map.of());
  }

  /**
   * Determines the open axes: those along which the graph, rebuilt for larger images, has the same
   * parameters and the same ONNX nodes. Graphs with several inputs have none, because their sizes
   * may depend on each other.
   */
  static DynamicSizes of(Graph graph) {
    if (graph.inputs().size() != 1 || graph.inputs().get(0).shape().rank() != 3) {
      return none(graph);
    }
    InputResizing resizing = InputResizing.of(graph);
    Map<Integer, Graph> open = new HashMap<>();
    resizing.alike(2, 1).ifPresent(tall -> open.put(1, tall));
    resizing.alike(1, 2).ifPresent(wide -> open.put(2, wide));
    boolean together = open.size() < 2 || resizing.alike(2, 3).isPresent();
    return together ? new DynamicSizes(graph, Map.copyOf(open)) : none(graph);
  }

  DynamicShape input(Shape sample) {
    return new DynamicShape(sample, named("", List.copyOf(images.keySet())));
  }

  /**
   * Returns the shape of an output; axes that vary with the image size get symbolic names of their
   * own.
   */
  DynamicShape output(String name, Shape sample) {
    List<Integer> open =
        IntStream.range(0, sample.rank())
            .filter(
                axis ->
                    images.values().stream()
                        .anyMatch(
                            other -> other.output(name).shape().size(axis) != sample.size(axis)))
            .boxed()
            .toList();
    return new DynamicShape(sample, named(name + "_", open));
  }

  private static Map<Integer, String> named(String prefix, List<Integer> axes) {
    Map<Integer, String> result = new HashMap<>();
    axes.forEach(axis -> result.put(axis, prefix + NAMES.getOrDefault(axis, "axis" + axis)));
    return result;
  }
}
