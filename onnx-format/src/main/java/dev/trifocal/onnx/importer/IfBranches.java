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
 * The operator If, where it is known while the file is read which branch is taken: PyTorch writes
 * such for what depends on the sizes of its data. The other branch disappears.
 */
final class IfBranches {
  /** The taken branch. */
  record Branch(List<OnnxNode> nodes, List<TensorProto> initializers, List<String> outputs) {}

  /** Whether a node is an If whose condition is known. */
  static boolean are(NodeCall call) {
    return call.node().domain().isEmpty()
        && call.node().operator().equals("If")
        && call.has(0)
        && call.operand(0) instanceof ConstantValue;
  }

  /**
   * @param reader says what the outputs of the branch are
   * @param outer whether there is a value of a name outside
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
