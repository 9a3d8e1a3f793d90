package dev.trifocal.apps.onnx.mutation;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import dev.trifocal.apps.mutation.RandomChoices;
import dev.trifocal.onnx.internal.folding.Folding;
import dev.trifocal.onnx.internal.operator.OperatorTable;
import java.util.ArrayList;
import java.util.List;

/** Names to put where others stood. */
final class ReplacementNames {
  static final List<String> DOMAINS =
      List.of("", "ai.onnx", "ai.onnx.ml", "com.microsoft", "\0", "nowhere");
  static final List<String> NAMES =
      List.of("", ".", "..", "a..b", "a/b", "a.b", "conv 1", "\u00e9", "\0", "/");
  static final List<String> PLACES =
      List.of("", ".", "..", "/etc/passwd", "../x", "weights.bin", "\0", "a/../../b");
  static final List<String> ATTRIBUTES =
      List.of(
          "axis",
          "axes",
          "perm",
          "pads",
          "kernel_shape",
          "strides",
          "dilations",
          "group",
          "output_shape",
          "blocksize",
          "to",
          "split",
          "keepdims",
          "num_groups",
          "transB",
          "start",
          "end",
          "starts",
          "ends",
          "value_ints",
          "value_int",
          "allowzero",
          "shape",
          "size",
          "output_padding");

  private ReplacementNames() {}

  /** Every operator that is read in any way, and one that no one knows. */
  static List<String> operators() {
    List<String> result =
        new ArrayList<>(Folding.standard().operators().stream().sorted().toList());
    OperatorTable.standard().all().forEach(operator -> result.add(operator.name()));
    result.addAll(List.of("If", "Loop", "Unheard", ""));
    return result;
  }

  /** The name of some value of a graph, or of none. */
  static String value(GraphProto.Builder graph, RandomChoices dice) {
    return switch (dice.below(8)) {
      case 0 -> dice.of(NAMES);
      case 1 -> graph.getInputCount() == 0 ? "" : dice.of(graph.getInputList()).getName();
      case 2 ->
          graph.getInitializerCount() == 0 ? "" : dice.of(graph.getInitializerList()).getName();
      default -> {
        NodeProto node = graph.getNode(dice.below(graph.getNodeCount()));
        yield node.getOutputCount() == 0 ? "" : dice.of(node.getOutputList());
      }
    };
  }
}
