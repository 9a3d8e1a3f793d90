package dev.trifocal.onnx;

import dev.trifocal.graph.Graph;
import dev.trifocal.shape.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Which sizes of its images a model leaves open.
 *
 * @param images by the axis that is open, the graph drawn for images of another size along it
 */
record DynamicSizes(Graph graph, Map<Integer, Graph> images) {
  private static final Map<Integer, String> NAMES = Map.of(1, "height", 2, "width");

  /** None: the model is for the size that the graph was drawn for. */
  static DynamicSizes none(Graph graph) {
    return new DynamicSizes(graph, Map.of());
  }

  /**
   * Those along which the graph, drawn for larger images, means the same: it has the same
   * parameters and becomes the same ONNX nodes. Of several inputs, whose sizes may depend on one
   * another, none is open.
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

  /** The sizes of an output that follow those of the images have names of their own. */
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
