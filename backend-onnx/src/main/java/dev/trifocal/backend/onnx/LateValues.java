package dev.trifocal.backend.onnx;

import dev.trifocal.graph.Node;
import dev.trifocal.onnx.Attribute;
import dev.trifocal.onnx.OnnxGraphBuilder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Values of the forward pass that can be read only after given gradients have been computed.
 *
 * <p>ONNX Runtime runs a node as soon as a reader needs it, and merges nodes that compute the same.
 * So a block that runs again reads copies of its inputs, expanded to a size of 1 that is computed
 * from the shapes of the gradients. A reshaped value would need no copy, but ONNX Runtime replaces
 * computed shapes by constant ones where it can.
 */
final class LateValues {
  private final OnnxGraphBuilder onnx;
  private final NchwcValues values;

  /** The number 1, as the gradients tell it, {@code [1]}. */
  private final String one;

  private final Map<String, String> late = new HashMap<>();

  /**
   * A value of the forward pass.
   *
   * @param inBlocks whether the node has made it in the layout NCHWc
   */
  record Source(Node node, String value, boolean inBlocks) {}

  private LateValues(OnnxGraphBuilder onnx, NchwcValues values, String one) {
    this.onnx = onnx;
    this.values = values;
    this.one = one;
  }

  /**
   * @param gradients gradients with at least one row
   */
  static LateValues after(OnnxGraphBuilder onnx, NchwcValues values, Collection<String> gradients) {
    List<String> rows = new ArrayList<>(List.of(onnx.longs(1)));
    for (String gradient : gradients) {
      String existing = values.has(gradient) ? values.blocked(gradient) : gradient;
      rows.add(
          onnx.node(
              "Shape", List.of(existing), Attribute.of("start", 0L), Attribute.of("end", 1L)));
    }
    return new LateValues(onnx, values, onnx.node("Min", rows));
  }

  /** Returns a value, unchanged but late. */
  String of(Source source) {
    return late.computeIfAbsent(
        source.node().path(),
        path ->
            source.inBlocks()
                ? values.add(
                    copy(source.node(), values.blocked(source.value())),
                    source.node().shape().size(0))
                : copy(source.node(), source.value()));
  }

  private String copy(Node node, String value) {
    String copy = onnx.node("Expand", List.of(value, one));
    // ONNX Runtime overwrites values that are no longer read only if it knows their shapes.
    long[] sizes = node.batchShape(1).toLongs();
    sizes[0] = node.batched() ? -1 : 1;
    return onnx.node("Reshape", List.of(copy, onnx.longs(sizes)));
  }
}
