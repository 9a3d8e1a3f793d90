package dev.trifocal.onnx.internal.file;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import dev.trifocal.error.GraphException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Maps the names of values and attributes in a model, or in one call of a function, to what they
 * stand for.
 */
sealed interface CallScope {
  /** Returns a node with the outer names of its values and with attribute references resolved. */
  NodeProto renamed(NodeProto node);

  /**
   * Returns a graph with the outer names of its inputs, outputs and initializers; its nodes are
   * unchanged.
   */
  GraphProto renamed(GraphProto graph);

  /** The scope of the model itself, where names stand for themselves. */
  record Outermost() implements CallScope {
    @Override
    public NodeProto renamed(NodeProto node) {
      return node;
    }

    @Override
    public GraphProto renamed(GraphProto graph) {
      return graph;
    }
  }

  /** The scope of one call of a function. */
  final class Inner implements CallScope {
    private final FunctionInlining calls;
    private final String call;
    private final Map<String, String> values = new HashMap<>();
    private final Map<String, AttributeProto> attributes = new HashMap<>();
    private final List<NodeProto> passed = new ArrayList<>();

    Inner(FunctionInlining calls, FunctionProto function, NodeProto node) {
      this.calls = calls;
      this.call = node.getName().isEmpty() ? function.getName() : node.getName();
      values.put("", "");
      for (int i = 0; i < function.getInputCount(); i++) {
        values.put(function.getInput(i), i < node.getInputCount() ? node.getInput(i) : "");
      }
      Set<String> inputs = new HashSet<>(function.getInputList());
      for (int i = 0; i < function.getOutputCount() && i < node.getOutputCount(); i++) {
        String name = function.getOutput(i);
        String output = node.getOutput(i);
        if (inputs.contains(name) && !output.isEmpty()) {
          passed.add(identity(values.get(name), output));
        } else if (!output.isEmpty()) {
          // A function may list one value twice among its outputs.
          String first = values.putIfAbsent(name, output);
          if (first != null) {
            passed.add(identity(first, output));
          }
        }
      }
      function.getAttributeProtoList().forEach(a -> attributes.put(a.getName(), a));
      node.getAttributeList().forEach(this::give);
    }

    /**
     * Records an attribute of the call. Graph attributes are rejected, because their values belong
     * to the caller's scope.
     */
    private void give(AttributeProto attribute) {
      if (attribute.hasG() || attribute.getGraphsCount() > 0) {
        throw new GraphException(
            "node '%s' passes the graph '%s' to a function, which is not supported"
                .formatted(call, attribute.getName()));
      }
      attributes.put(attribute.getName(), attribute);
    }

    /** Returns Identity nodes for outputs that are an input or another output. */
    List<NodeProto> passedThrough() {
      return passed;
    }

    @Override
    public NodeProto renamed(NodeProto node) {
      NodeProto.Builder result = node.toBuilder().clearInput().clearOutput().clearAttribute();
      node.getInputList().forEach(name -> result.addInput(value(name)));
      node.getOutputList().forEach(name -> result.addOutput(value(name)));
      if (!node.getName().isEmpty()) {
        result.setName(call + "/" + node.getName());
      }
      for (AttributeProto attribute : node.getAttributeList()) {
        if (attribute.getRefAttrName().isEmpty()) {
          result.addAttribute(attribute);
        } else if (attributes.containsKey(attribute.getRefAttrName())) {
          AttributeProto given = attributes.get(attribute.getRefAttrName());
          result.addAttribute(given.toBuilder().setName(attribute.getName()));
        }
      }
      return result.build();
    }

    @Override
    public GraphProto renamed(GraphProto graph) {
      GraphProto.Builder result = graph.toBuilder();
      result.getInputBuilderList().forEach(input -> input.setName(value(input.getName())));
      result.getOutputBuilderList().forEach(output -> output.setName(value(output.getName())));
      result.getInitializerBuilderList().forEach(t -> t.setName(value(t.getName())));
      return result.build();
    }

    private String value(String name) {
      return values.computeIfAbsent(name, own -> calls.free(call + "/" + own));
    }

    private static NodeProto identity(String from, String to) {
      return NodeProto.newBuilder().setOpType("Identity").addInput(from).addOutput(to).build();
    }
  }
}
