package dev.trifocal.onnx.importer;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import dev.trifocal.graph.ScoreOutput;
import dev.trifocal.layer.ScoreKind;
import dev.trifocal.shape.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Determines what a classifier's outputs mean from the operators that compute them. Works on files
 * that cannot be imported as a graph; {@link ScoreOutput#of} does the same for graphs.
 */
final class ScoreTracer {
  /** Operators that round, clip or reshape their first input. */
  private static final Set<String> PASSING =
      Set.of(
          "Identity",
          "Cast",
          "CastLike",
          "Reshape",
          "Flatten",
          "Squeeze",
          "Unsqueeze",
          "Clip",
          "Dropout",
          "QuantizeLinear",
          "DequantizeLinear");

  /** A value of the file, with its node and output index; inputs have no node. */
  private record Value(String name, Optional<NodeProto> node, int index) {
    String operator() {
      return node.map(NodeProto::getOpType).orElse("");
    }

    /** Returns the name of an input of the node; empty if it has fewer. */
    String input(int position) {
      return node.filter(n -> n.getInputCount() > position)
          .map(n -> n.getInput(position))
          .orElse("");
    }

    String input() {
      return input(0);
    }
  }

  private final Map<String, Value> values = new HashMap<>();

  ScoreTracer(GraphProto graph) {
    for (NodeProto node : graph.getNodeList()) {
      for (int i = 0; i < node.getOutputCount(); i++) {
        values.put(node.getOutput(i), new Value(node.getOutput(i), Optional.of(node), i));
      }
    }
  }

  /**
   * Returns the outputs that can be a classifier's, without those of class ids that belong to
   * another output.
   */
  List<ScoreOutput> of(List<FileValue> outputs) {
    List<ScoreOutput> result = new ArrayList<>();
    for (FileValue output : outputs) {
      Value shown = shown(output.name());
      if (!shown.operator().equals("TopK")) {
        result.add(plain(output, shown));
      } else if (shown.index() == 0) {
        ids(shown, outputs).flatMap(ids -> largest(output, shown, ids)).ifPresent(result::add);
      } else if (result.stream().noneMatch(one -> one.ids().equals(Optional.of(output.name())))) {
        result.add(output(output, ScoreKind.CLASS_IDS, shown(shown.input()), Optional.empty()));
      }
    }
    return result.stream()
        .filter(
            one -> result.stream().noneMatch(other -> other.ids().equals(Optional.of(one.name()))))
        .toList();
  }

  private ScoreOutput plain(FileValue output, Value shown) {
    boolean ids = shown.operator().equals("ArgMax");
    return output(output, kind(shown), ids ? shown(shown.input()) : shown, Optional.empty());
  }

  /** Returns the scores of a TopK, except logits, which are meaningless without the others. */
  private Optional<ScoreOutput> largest(FileValue output, Value shown, String ids) {
    Value source = shown(shown.input());
    ScoreKind kind = kind(source);
    return kind == ScoreKind.LOGITS
        ? Optional.empty()
        : Optional.of(output(output, kind, source, Optional.of(ids)));
  }

  /** Returns the output with the ids of a TopK. */
  private Optional<String> ids(Value largest, List<FileValue> outputs) {
    return outputs.stream()
        .map(FileValue::name)
        .filter(
            name -> {
              Value value = shown(name);
              return value.index() == 1 && value.node().equals(largest.node());
            })
        .findFirst();
  }

  private static ScoreOutput output(
      FileValue output, ScoreKind kind, Value source, Optional<String> ids) {
    return new ScoreOutput(output.name(), shape(output), kind, source.name(), ids);
  }

  /**
   * Returns the shape of one sample; an output with a batch axis only has one number per sample.
   */
  private static Optional<Shape> shape(FileValue output) {
    return output.sizes().size() == 1 ? Optional.of(Shape.of()) : output.sample();
  }

  private Value value(String name) {
    return values.getOrDefault(name, new Value(name, Optional.empty(), 0));
  }

  private Value shown(String name) {
    Value value = value(name);
    // A damaged file may contain a cycle.
    for (int i = 0; i < values.size() && isPassing(value); i++) {
      value = value(value.input());
    }
    return value;
  }

  private static boolean isPassing(Value value) {
    return value.index() == 0 && PASSING.contains(value.operator());
  }

  private ScoreKind kind(Value value) {
    return switch (value.operator()) {
      case "Softmax", "Hardmax", "QLinearSoftmax" -> ScoreKind.PROBABILITIES;
      case "LogSoftmax" -> ScoreKind.LOG_PROBABILITIES;
      case "Sigmoid", "HardSigmoid", "QLinearSigmoid" -> ScoreKind.SIGMOID;
      case "ArgMax" -> ScoreKind.CLASS_IDS;
      case "Exp" -> of(value, "LogSoftmax", ScoreKind.PROBABILITIES);
      case "Log" -> of(value, "Softmax", ScoreKind.LOG_PROBABILITIES);
      case "Div" -> isShare(value) ? ScoreKind.PROBABILITIES : ScoreKind.LOGITS;
      default -> ScoreKind.LOGITS;
    };
  }

  /** Returns the kind of a value that an operator computes. */
  private ScoreKind of(Value value, String operator, ScoreKind kind) {
    return shown(value.input()).operator().equals(operator) ? kind : ScoreKind.LOGITS;
  }

  /** Returns true if a value is divided by its sum, the end of a decomposed softmax. */
  private boolean isShare(Value value) {
    Value divisor = shown(value.input(1));
    return divisor.operator().equals("ReduceSum")
        && shown(divisor.input()).name().equals(shown(value.input()).name());
  }
}
