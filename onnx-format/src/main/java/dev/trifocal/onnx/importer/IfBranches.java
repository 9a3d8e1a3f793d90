package dev.trifocal.onnx.importer;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.trifocal.error.GraphException;
import dev.trifocal.onnx.internal.file.NodeOrder;
import dev.trifocal.onnx.internal.operand.ConstantValue;
import dev.trifocal.onnx.internal.operand.NodeCall;
import dev.trifocal.onnx.internal.operand.OnnxNode;
import dev.trifocal.onnx.internal.operand.Operand;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Resolves the operator If when its condition is known at import, as in files from PyTorch whose
 * control flow depends on tensor sizes. The branch not taken is dropped.
 */
final class IfBranches {
  /** The branch taken. */
  record Branch(List<OnnxNode> nodes, List<TensorProto> initializers, List<String> outputs) {}

  /** Returns whether a node is an If with a known condition. */
  static boolean are(NodeCall call) {
    return call.node().domain().isEmpty()
        && call.node().operator().equals("If")
        && call.has(0)
        && call.operand(0) instanceof ConstantValue;
  }

  /**
   * Reads the branch taken.
   *
   * @param reader returns the outputs of the branch
   * @param outer whether a name is defined outside the branch
   * @throws GraphException if the branch is missing or has inputs or sparse initializers
   */
  List<Operand> read(
      NodeCall call, Function<Branch, List<Operand>> reader, Predicate<String> outer) {
    String name = call.numbers(0).single() == 0 ? "else_branch" : "then_branch";
    GraphProto graph =
        call.node().proto().getAttributeList().stream()
            .filter(attribute -> attribute.getName().equals(name))
            .findFirst()
            .map(AttributeProto::getG)
            .orElseThrow(() -> new GraphException("lacks attribute '%s'".formatted(name)));
    if (graph.getInputCount() > 0 || graph.getSparseInitializerCount() > 0) {
      throw new GraphException("has a branch with inputs or sparse initializers");
    }
    return reader.apply(
        new Branch(
            NodeOrder.of(graph, outer),
            graph.getInitializerList(),
            graph.getOutputList().stream().map(output -> output.getName()).toList()));
  }
}
