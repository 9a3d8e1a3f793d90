package dev.trifocal.backend.onnx;

import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The order in which ONNX Runtime runs nodes ({@code GraphViewer}): it searches depth first from
 * the nodes that no other reads, and visits first what it numbered last. Nodes have the numbers of
 * the file; those that optimisation creates follow.
 */
final class DepthFirstOrder {
  private final List<NodeProto> nodes;

  /** The numbers of ONNX Runtime. */
  private final List<Integer> numbers = new ArrayList<>();

  private final Map<String, Integer> producers = new HashMap<>();

  private DepthFirstOrder(List<NodeProto> optimised, List<NodeProto> original) {
    nodes = optimised;
    Map<String, Integer> positions = new HashMap<>();
    for (NodeProto node : original) {
      positions.put(node.getName(), positions.size());
    }
    for (NodeProto node : optimised) {
      node.getOutputList().forEach(output -> producers.put(output, numbers.size()));
      numbers.add(positions.getOrDefault(node.getName(), original.size() + numbers.size()));
    }
  }

  /**
   * Returns the nodes in the order of execution.
   *
   * @param optimised the nodes after optimisation
   * @param original the nodes of the file, with different names
   */
  static List<NodeProto> of(List<NodeProto> optimised, List<NodeProto> original) {
    return new DepthFirstOrder(optimised, original).search();
  }

  private List<NodeProto> search() {
    Set<Integer> read = new HashSet<>();
    nodes.forEach(node -> sources(node).forEach(read::add));
    Deque<Integer> open = new ArrayDeque<>();
    inOrder(IntStream.range(0, nodes.size()).boxed().filter(node -> !read.contains(node)))
        .forEach(open::push);
    Set<Integer> entered = new HashSet<>();
    Set<Integer> done = new HashSet<>();
    List<NodeProto> result = new ArrayList<>();
    while (!open.isEmpty()) {
      int node = open.peek();
      if (entered.add(node)) {
        inOrder(sources(nodes.get(node)).filter(source -> !entered.contains(source)))
            .forEach(open::push);
      } else {
        open.pop();
        if (done.add(node)) {
          result.add(nodes.get(node));
        }
      }
    }
    return result;
  }

  private Stream<Integer> inOrder(Stream<Integer> positions) {
    return positions.sorted(Comparator.comparing(numbers::get));
  }

  /** Returns the positions of the nodes whose values a node or its body reads. */
  private Stream<Integer> sources(NodeProto node) {
    return reads(node).map(producers::get).filter(Objects::nonNull).distinct();
  }

  private static Stream<String> reads(NodeProto node) {
    return Stream.concat(
        node.getInputList().stream(),
        node.getAttributeList().stream()
            .flatMap(attribute -> attribute.getG().getNodeList().stream())
            .flatMap(DepthFirstOrder::reads));
  }
}
