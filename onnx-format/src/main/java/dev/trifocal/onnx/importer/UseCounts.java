package dev.trifocal.onnx.importer;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import dev.trifocal.onnx.internal.operand.OnnxNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Counts how often each value is used by the nodes that the required values depend on. */
final class UseCounts {
  private final Map<String, Integer> counts = new HashMap<>();

  int of(String value) {
    return counts.getOrDefault(value, 0);
  }

  void forget(String value) {
    counts.remove(value);
  }

  /**
   * Returns the nodes, in their order, that the required values depend on, and counts the uses of
   * their inputs.
   */
  List<OnnxNode> needed(List<OnnxNode> nodes, List<String> wanted) {
    wanted.forEach(this::count);
    Set<String> needed = new HashSet<>(wanted);
    List<OnnxNode> result = new ArrayList<>();
    for (int i = nodes.size() - 1; i >= 0; i--) {
      OnnxNode node = nodes.get(i);
      if (node.outputs().stream().anyMatch(needed::contains)) {
        result.add(node);
        reads(node.proto())
            .filter(name -> !name.isEmpty())
            .forEach(
                name -> {
                  needed.add(name);
                  count(name);
                });
      }
    }
    Collections.reverse(result);
    return result;
  }

  private void count(String value) {
    counts.merge(value, 1, Integer::sum);
  }

  /**
   * Returns the names that a node uses, including those used by its subgraphs, whether local or
   * outer.
   */
  private static Stream<String> reads(NodeProto node) {
    return Stream.concat(
        node.getInputList().stream(),
        node.getAttributeList().stream()
            .filter(AttributeProto::hasG)
            .flatMap(a -> reads(a.getG())));
  }

  private static Stream<String> reads(GraphProto graph) {
    return Stream.concat(
        graph.getOutputList().stream().map(output -> output.getName()),
        graph.getNodeList().stream().flatMap(UseCounts::reads));
  }
}
