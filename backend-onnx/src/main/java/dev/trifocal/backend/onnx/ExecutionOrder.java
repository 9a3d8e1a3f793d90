package dev.trifocal.backend.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Orders the nodes of a step so that ONNX Runtime keeps few values at a time.
 *
 * <p>ONNX Runtime does not run nodes in the order of the file: it searches depth first from the
 * nodes that no other reads, and visits first what stands last in the file. In the order in which a
 * backward pass is written, it would begin with the weight gradient of the first layer, while the
 * output gradients of all other layers wait for theirs; and it would compute values that need no
 * gradient, such as masks, for all layers before it uses the first of them.
 */
final class ExecutionOrder {
  private ExecutionOrder() {}

  /**
   * Returns the same model with its nodes in another order, which is topological again: first what
   * does not depend on the seed, then what does, and last what no other node reads, in reverse.
   *
   * @param model a model that computes what belongs to the last layers first once it has the seed
   * @param seed the value that the backward pass begins with
   */
  static ModelProto ofLeastMemory(ModelProto model, String seed) {
    List<NodeProto> nodes = model.getGraph().getNodeList();
    Set<String> read = new HashSet<>();
    nodes.forEach(node -> read.addAll(node.getInputList()));
    Set<String> dependent = new HashSet<>(Set.of(seed));
    List<NodeProto> forward = new ArrayList<>();
    List<NodeProto> backward = new ArrayList<>();
    List<NodeProto> leaves = new ArrayList<>();
    for (NodeProto node : nodes) {
      boolean depends = node.getInputList().stream().anyMatch(dependent::contains);
      if (depends) {
        dependent.addAll(node.getOutputList());
      }
      boolean leaf = node.getOutputList().stream().noneMatch(read::contains);
      (leaf ? leaves : depends ? backward : forward).add(node);
    }
    Collections.reverse(leaves);
    GraphProto.Builder graph = model.getGraph().toBuilder().clearNode();
    graph.addAllNode(forward).addAllNode(backward).addAllNode(leaves);
    return model.toBuilder().setGraph(graph).build();
  }
}
