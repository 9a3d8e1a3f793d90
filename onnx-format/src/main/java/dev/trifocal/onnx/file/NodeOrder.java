package dev.trifocal.onnx.file;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.trifocal.error.GraphException;
import dev.trifocal.onnx.operand.OnnxNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Nodes in an order in which each reads only what earlier ones make; the file's own, if it is one.
 */
public final class NodeOrder {
  private final List<OnnxNode> nodes;
  private final Set<String> given = new HashSet<>();
  private final Map<String, Integer> makers = new HashMap<>();

  private NodeOrder(GraphProto graph) {
    nodes = graph.getNodeList().stream().map(OnnxNode::new).toList();
    graph.getInputList().forEach(input -> given.add(input.getName()));
    for (TensorProto tensor : graph.getInitializerList()) {
      given.add(tensor.getName());
    }
    graph.getSparseInitializerList().forEach(t -> given.add(t.getValues().getName()));
  }

  /**
   * @throws GraphException if a name is made twice or never, or nodes read one another in a circle
   */
  public static List<OnnxNode> of(GraphProto graph) {
    NodeOrder order = new NodeOrder(graph);
    order.findMakers();
    for (ValueInfoProto output : graph.getOutputList()) {
      if (!order.makers.containsKey(output.getName()) && !order.given.contains(output.getName())) {
        throw new GraphException("nothing makes the output '%s'".formatted(output.getName()));
      }
    }
    return order.sorted();
  }

  private void findMakers() {
    for (int i = 0; i < nodes.size(); i++) {
      for (String output : nodes.get(i).outputs()) {
        if (!output.isEmpty() && (given.contains(output) || makers.put(output, i) != null)) {
          throw new GraphException(
              "node '%s' makes '%s', which is there already"
                  .formatted(nodes.get(i).name(), output));
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
        if (!input.isEmpty() && !given.contains(input)) {
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
          "node '%s' (%s) reads '%s', which nothing makes"
              .formatted(node.name(), node.operator(), input));
    }
    return maker;
  }

  private void requireNoCircle(int[] waiting) {
    for (int i = 0; i < waiting.length; i++) {
      if (waiting[i] > 0) {
        throw new GraphException(
            "node '%s' (%s) waits for its own output: the graph has a circle"
                .formatted(nodes.get(i).name(), nodes.get(i).operator()));
      }
    }
  }
}
