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
 * Tells what the outputs of a file mean where they are a classifier's, from the operators that they
 * come out of. It works on files of which no graph can be made; {@link ScoreOutput#of} does the
 * same for graphs.
 */
final class ScoreTracer {
  /** Operators that show their first input rounded, clipped or in another shape. */
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

  /** A value of the file, and which output of its node it is; no node for inputs. */
  private record Value(String name, Optional<NodeProto> node, int index) {
    String operator() {
      return node.map(NodeProto::getOpType).orElse("");
    }

    /** The name of an input of the node; empty if it has fewer. */
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
   * Returns the outputs that can be a classifier's; those of the ids that belong to another one are
   * left out.
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

  /**
   * The largest scores of a TopK; logits alone, without those of the other classes, say too little.
   */
  private Optional<ScoreOutput> largest(FileValue output, Value shown, String ids) {
    Value source = shown(shown.input());
    ScoreKind kind = kind(source);
    return kind == ScoreKind.LOGITS
        ? Optional.empty()
        : Optional.of(output(output, kind, source, Optional.of(ids)));
  }

  /** The output with the ids of a TopK. */
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

  /** A file that has one axis only, the batch, gives one number for each sample. */
  private static Optional<Shape> shape(FileValue output) {
    return output.sizes().size() == 1 ? Optional.of(Shape.of()) : output.sample();
  }

  private Value value(String name) {
    return values.getOrDefault(name, new Value(name, Optional.empty(), 0));
  }

  private Value shown(String name) {
    Value value = value(name);
    // A damaged file may have nodes in a circle.
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

  /** Returns the meaning of a function of an operator's output; of others nothing is known. */
  private ScoreKind of(Value value, String operator, ScoreKind kind) {
    return shown(value.input()).operator().equals(operator) ? kind : ScoreKind.LOGITS;
  }

  /** Whether a value is divided by its own sum, as a softmax that is spelled out ends. */
  private boolean isShare(Value value) {
    Value divisor = shown(value.input(1));
    return divisor.operator().equals("ReduceSum")
        && shown(divisor.input()).name().equals(shown(value.input()).name());
  }
}
