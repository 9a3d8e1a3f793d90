package dev.trifocal.backend.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Drops the nodes that no output depends on; ONNX Runtime would run them. */
final class UsedNodes {
  private UsedNodes() {}

  /**
   * Returns the same model without unused nodes. Its nodes must be sorted, and of the values around
   * them, bodies of nodes must read constants only.
   */
  static ModelProto of(ModelProto model) {
    Set<String> read = new HashSet<>();
    model.getGraph().getOutputList().stream().map(ValueInfoProto::getName).forEach(read::add);
    List<NodeProto> nodes = new ArrayList<>(model.getGraph().getNodeList());
    Collections.reverse(nodes);
    List<NodeProto> used = new ArrayList<>();
    for (NodeProto node : nodes) {
      if (node.getOutputList().stream().anyMatch(read::contains)) {
        read.addAll(node.getInputList());
        used.add(node);
      }
    }
    Collections.reverse(used);
    GraphProto.Builder graph = model.getGraph().toBuilder().clearNode().addAllNode(used);
    return model.toBuilder().setGraph(graph).build();
  }
}
