package dev.trifocal.backend.onnx;

import dev.trifocal.graph.Node;
import dev.trifocal.onnx.Attribute;
import dev.trifocal.onnx.OnnxGraphBuilder;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Values of the forward pass that can be read only after given gradients have been computed.
 *
 * <p>ONNX Runtime runs a node as soon as a reader needs it, and merges nodes that compute the same.
 * So a block that runs again reads views of its inputs whose shapes are computed from those of the
 * gradients. A view costs nothing and has the same bits.
 */
final class LateValues {
  private final OnnxGraphBuilder onnx;
  private final NchwcValues values;

  /** The number of samples, as the gradients tell it, {@code [1]}. */
  private final String samples;

  private final Map<String, String> late = new HashMap<>();

  /**
   * A value of the forward pass.
   *
   * @param inBlocks whether the node has made it in the layout NCHWc
   */
  record Source(Node node, String value, boolean inBlocks) {}

  private LateValues(OnnxGraphBuilder onnx, NchwcValues values, String samples) {
    this.onnx = onnx;
    this.values = values;
    this.samples = samples;
  }

  /**
   * @param gradients gradients with a row for each sample, or with one for all; at least one has a
   *     row for each
   */
  static LateValues after(OnnxGraphBuilder onnx, NchwcValues values, Collection<String> gradients) {
    List<String> rows =
        gradients.stream()
            .map(gradient -> values.has(gradient) ? values.blocked(gradient) : gradient)
            .map(
                gradient ->
                    onnx.node(
                        "Shape",
                        List.of(gradient),
                        Attribute.of("start", 0L),
                        Attribute.of("end", 1L)))
            .toList();
    return new LateValues(onnx, values, onnx.node("Max", rows));
  }

  /** Returns a value, unchanged but late. */
  String of(Source source) {
    return late.computeIfAbsent(
        source.node().path(),
        path ->
            source.inBlocks()
                ? values.add(
                    view(source.node(), values.blocked(source.value())),
                    source.node().shape().size(0))
                : view(source.node(), source.value()));
  }

  private String view(Node node, String value) {
    String rows = node.batched() ? samples : onnx.node("Min", List.of(samples, onnx.longs(1)));
    List<String> sizes =
        node.shape().rank() == 0
            ? List.of(rows)
            : List.of(rows, onnx.longs(node.shape().toLongs()));
    return onnx.node(
        "Reshape", List.of(value, onnx.node("Concat", sizes, Attribute.of("axis", 0L))));
  }
}
