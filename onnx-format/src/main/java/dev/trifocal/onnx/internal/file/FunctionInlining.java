package dev.trifocal.onnx.internal.file;

import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import dev.trifocal.error.GraphException;
import dev.trifocal.onnx.internal.operand.OnnxNode;
import dev.trifocal.onnx.internal.operand.UniqueNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Inlines a model's local functions (opset 15, IR version 8): replaces each call by the nodes of
 * the function, whose names are prefixed with that of the call.
 */
public final class FunctionInlining {
  /** The most nodes after inlining; nested functions could expand to any number. */
  static final int MOST_NODES = 100_000;

  /** The deepest nesting of functions. */
  static final int DEEPEST = 50;

  private static final long MOST_BYTES = 1L << 28;

  /** The identity of a function. */
  private record Signature(String domain, String name, String overload) {
    static Signature of(NodeProto node) {
      return new Signature(new OnnxNode(node).domain(), node.getOpType(), node.getOverload());
    }
  }

  private final Map<Signature, FunctionProto> functions = new HashMap<>();
  private final Map<String, Long> versions;
  private final UniqueNames taken = new UniqueNames();
  private int nodes;
  private long bytes;

  private FunctionInlining(ModelProto model) {
    versions = versions(model.getOpsetImportList());
    for (FunctionProto function : model.getFunctionsList()) {
      String domain = function.getDomain().equals("ai.onnx") ? "" : function.getDomain();
      Signature key = new Signature(domain, function.getName(), function.getOverload());
      if (functions.put(key, function) != null) {
        throw new GraphException("duplicate function '%s'".formatted(key.name()));
      }
    }
  }

  /**
   * Returns the graph of a model with calls of its functions inlined. Calls of a function that is
   * written for another opset than the model are left as they are.
   *
   * @throws GraphException if functions are recursive or expand to too many nodes
   */
  public static GraphProto replaced(ModelProto model) {
    if (model.getFunctionsCount() == 0) {
      return model.getGraph();
    }
    FunctionInlining calls = new FunctionInlining(model);
    calls.claim(model.getGraph());
    return calls.replaced(model.getGraph(), new CallScope.Outermost(), List.of());
  }

  /** Returns a name that no other value has. */
  String free(String wanted) {
    return taken.unique(wanted);
  }

  private void claim(GraphProto graph) {
    graph.getInputList().forEach(value -> taken.unique(value.getName()));
    graph.getInitializerList().forEach(tensor -> taken.unique(tensor.getName()));
    graph.getSparseInitializerList().forEach(t -> taken.unique(t.getValues().getName()));
    for (NodeProto node : graph.getNodeList()) {
      node.getOutputList().forEach(taken::unique);
      node.getAttributeList().forEach(attribute -> claim(attribute.getG()));
    }
  }

  private GraphProto replaced(GraphProto graph, CallScope scope, List<Signature> callers) {
    GraphProto.Builder result = scope.renamed(graph).toBuilder().clearNode();
    for (NodeProto node : graph.getNodeList()) {
      addTo(result, node, scope, callers);
    }
    return result.build();
  }

  private void addTo(
      GraphProto.Builder result, NodeProto node, CallScope scope, List<Signature> callers) {
    NodeProto.Builder renamed = scope.renamed(node).toBuilder();
    for (int i = 0; i < renamed.getAttributeCount(); i++) {
      if (renamed.getAttribute(i).hasG()) {
        GraphProto inner = renamed.getAttribute(i).getG();
        renamed.getAttributeBuilder(i).setG(replaced(inner, scope, callers));
      }
    }
    Signature key = Signature.of(node);
    FunctionProto function = functions.get(key);
    if (function == null || !sameVersions(function)) {
      count(renamed.build(), callers);
      result.addNode(renamed);
      return;
    }
    if (callers.contains(key) || callers.size() == DEEPEST) {
      throw new GraphException(
          "node '%s' (%s) calls a function that is recursive, or nested more than %d deep"
              .formatted(new OnnxNode(renamed.build()).name(), node.getOpType(), DEEPEST));
    }
    count(renamed.build(), List.of(key));
    List<Signature> inside = new ArrayList<>(callers);
    inside.add(key);
    CallScope.Inner body = new CallScope.Inner(this, function, renamed.build());
    function.getNodeList().forEach(each -> addTo(result, each, body, inside));
    result.addAllNode(body.passedThrough());
  }

  private void count(NodeProto node, List<Signature> callers) {
    if (callers.isEmpty()) {
      return;
    }
    nodes++;
    bytes += node.getSerializedSize();
    if (nodes > MOST_NODES || bytes > MOST_BYTES) {
      throw new GraphException(
          "node '%s' (%s): the model's functions expand to more than %,d nodes or %,d bytes"
              .formatted(new OnnxNode(node).name(), node.getOpType(), MOST_NODES, MOST_BYTES));
    }
  }

  private boolean sameVersions(FunctionProto function) {
    return versions(function.getOpsetImportList()).entrySet().stream()
        .allMatch(e -> versions.getOrDefault(e.getKey(), e.getValue()).equals(e.getValue()));
  }

  private static Map<String, Long> versions(List<OperatorSetIdProto> sets) {
    Map<String, Long> result = new HashMap<>();
    for (OperatorSetIdProto set : sets) {
      result.put(set.getDomain().equals("ai.onnx") ? "" : set.getDomain(), set.getVersion());
    }
    return result;
  }
}
