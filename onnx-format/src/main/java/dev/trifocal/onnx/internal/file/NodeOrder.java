package dev.trifocal.onnx.internal.file;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.trifocal.error.GraphException;
import dev.trifocal.onnx.internal.operand.OnnxNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Sorts nodes topologically; the file's order is kept if it is valid. */
public final class NodeOrder {
  private final List<OnnxNode> nodes;
  private final Predicate<String> outer;
  private final Set<String> given = new HashSet<>();
  private final Map<String, Integer> makers = new HashMap<>();

  private NodeOrder(GraphProto graph, Predicate<String> outer) {
    this.outer = outer;
    nodes = graph.getNodeList().stream().map(OnnxNode::new).toList();
    giveOnce("input", graph.getInputList().stream().map(ValueInfoProto::getName));
    giveOnce(
        "initializer",
        Stream.concat(
            graph.getInitializerList().stream().map(t -> t.getName()),
            graph.getSparseInitializerList().stream().map(t -> t.getValues().getName())));
  }

  /**
   * Returns the nodes of a graph in topological order.
   *
   * @throws GraphException if a name is defined twice or not at all, or the nodes form a cycle
   */
  public static List<OnnxNode> of(GraphProto graph) {
    return of(graph, name -> false);
  }

  /**
   * Returns the nodes of a subgraph in topological order.
   *
   * @param outer whether a name is defined outside the subgraph
   * @throws GraphException if a name is defined twice or not at all, or the nodes form a cycle
   */
  public static List<OnnxNode> of(GraphProto graph, Predicate<String> outer) {
    NodeOrder order = new NodeOrder(graph, outer);
    order.findMakers();
    if (graph.getOutputCount() == 0) {
      throw new GraphException("graph '%s' has no outputs".formatted(graph.getName()));
    }
    for (ValueInfoProto output : graph.getOutputList()) {
      if (!order.makers.containsKey(output.getName()) && !order.given(output.getName())) {
        throw new GraphException("no node produces the output '%s'".formatted(output.getName()));
      }
    }
    return order.sorted();
  }

  /**
   * Adds names of inputs or initializers. An initializer may share its name with an input, whose
   * default value it then is.
   */
  private void giveOnce(String what, Stream<String> names) {
    Set<String> own = new HashSet<>();
    names.forEach(
        name -> {
          if (!own.add(name)) {
            throw new GraphException("duplicate %s '%s'".formatted(what, name));
          }
        });
    given.addAll(own);
  }

  private boolean given(String name) {
    return given.contains(name) || outer.test(name);
  }

  private void findMakers() {
    for (int i = 0; i < nodes.size(); i++) {
      for (String output : nodes.get(i).outputs()) {
        if (!output.isEmpty() && (given(output) || makers.put(output, i) != null)) {
          throw new GraphException(
              "node '%s' (%s) produces '%s', which is already defined"
                  .formatted(nodes.get(i).name(), nodes.get(i).operator(), output));
        }
      }
    }
  }

  private List<OnnxNode> sorted() {
    List<List<Integer>> readers = new ArrayList<>();
    nodes.forEach(node -> readers.add(new ArrayList<>()));
    int[] waiting = new int[nodes.size()];
    PriorityQueue<Integer> ready = new PriorityQueue<>();
    for (int i = 0; i < nodes.size(); i++) {
      for (String input : nodes.get(i).inputs()) {
        if (!input.isEmpty() && !given(input)) {
          readers.get(maker(nodes.get(i), input)).add(i);
          waiting[i]++;
        }
      }
      if (waiting[i] == 0) {
        ready.add(i);
      }
    }
    List<OnnxNode> result = new ArrayList<>();
    while (!ready.isEmpty()) {
      int next = ready.remove();
      result.add(nodes.get(next));
      for (int reader : readers.get(next)) {
        if (--waiting[reader] == 0) {
          ready.add(reader);
        }
      }
    }
    requireNoCircle(waiting);
    return result;
  }

  private int maker(OnnxNode node, String input) {
    Integer maker = makers.get(input);
    if (maker == null) {
      throw new GraphException(
          "node '%s' (%s) takes '%s', which no node produces"
              .formatted(node.name(), node.operator(), input));
    }
    return maker;
  }

  private void requireNoCircle(int[] waiting) {
    for (int i = 0; i < waiting.length; i++) {
      if (waiting[i] > 0) {
        OnnxNode node = nodes.get(inCircle(i, waiting));
        throw new GraphException(
            "node '%s' (%s) depends on its own output: the graph has a cycle"
                .formatted(node.name(), node.operator()));
      }
    }
  }

  /** Returns a node on a cycle, by following nodes that wait for other waiting nodes. */
  private int inCircle(int start, int[] waiting) {
    Set<Integer> seen = new HashSet<>();
    int node = start;
    while (seen.add(node)) {
      node =
          nodes.get(node).inputs().stream()
              .filter(makers::containsKey)
              .mapToInt(makers::get)
              .filter(maker -> waiting[maker] > 0)
              .findFirst()
              .orElse(node);
    }
    return node;
  }
}
