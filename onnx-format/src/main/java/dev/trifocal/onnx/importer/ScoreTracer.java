package dev.trifocal.onnx.importer;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.trifocal.graph.Quantisation;
import dev.trifocal.graph.ScoreOutput;
import dev.trifocal.layer.ScoreKind;
import dev.trifocal.layer.ScoreValue;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.HalfPrecision;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Determines what a classifier's outputs mean from the operators that compute them. Works on files
 * that cannot be imported as a graph; {@link ScoreOutput#of} does the same for graphs.
 */
final class ScoreTracer {
  /** Operators that keep their first input's numbers. */
  private static final Set<String> KEEPING =
      Set.of(
          "Identity",
          "Cast",
          "CastLike",
          "Reshape",
          "Flatten",
          "Squeeze",
          "Unsqueeze",
          "Transpose",
          "Dropout");

  /** Operators that round their first input. */
  private static final Set<String> ROUNDING = Set.of("Round", "QuantizeLinear", "DequantizeLinear");

  /** Operators with whole numbers as results, and the input that holds the scale of these. */
  private static final Map<String, Integer> SCALES =
      Map.of(
          "QuantizeLinear", 1,
          "QLinearSoftmax", 3,
          "QLinearSigmoid", 3,
          "QLinearGlobalAveragePool", 3,
          "QLinearAdd", 6,
          "QLinearConv", 6,
          "QLinearMatMul", 6,
          "QLinearMul", 6,
          "QGemm", 7);

  /** An output of a node. */
  private record Value(String name, Optional<NodeProto> node, int index) {
    String operator() {
      return node.map(NodeProto::getOpType).orElse("");
    }

    /** Returns the name of the first input of the node; empty if it has none. */
    String input() {
      return node.filter(n -> n.getInputCount() > 0).map(n -> n.getInput(0)).orElse("");
    }
  }

  private final Map<String, Value> values = new HashMap<>();
  private final Map<String, ScoreValue> scores = new HashMap<>();
  private final Map<String, Double> constants = new HashMap<>();

  ScoreTracer(GraphProto graph) {
    graph.getInitializerList().forEach(tensor -> constant(tensor.getName(), tensor));
    for (NodeProto node : graph.getNodeList()) {
      for (int i = 0; i < node.getOutputCount(); i++) {
        values.put(node.getOutput(i), new Value(node.getOutput(i), Optional.of(node), i));
      }
      if (node.getOpType().equals("Constant") && node.getAttributeCount() > 0) {
        constant(node.getOutput(0), node.getAttribute(0).getT());
      } else if (node.getInputCount() > 0 && node.getOutputCount() > 0) {
        scores.put(node.getOutput(0), score(node));
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

  private ScoreOutput output(FileValue output, ScoreKind kind, Value source, Optional<String> ids) {
    return new ScoreOutput(
        output.name(),
        shape(output),
        kind,
        source.name(),
        ids,
        kind == ScoreKind.CLASS_IDS ? Quantisation.NONE : quantisation(value(output.name())));
  }

  /** Returns the quantisation of a value whose whole numbers no node turns into real ones. */
  private Quantisation quantisation(Value shown) {
    Value value = shown;
    // The nodes of a damaged file may form a cycle.
    Set<String> seen = new HashSet<>();
    while (keepsNumbers(value) && seen.add(value.name())) {
      value = value(value.input());
    }
    Integer scale = SCALES.get(value.operator());
    if (scale == null) {
      return Quantisation.NONE;
    }
    List<String> inputs = value.node().orElseThrow().getInputList();
    Double step = scale < inputs.size() ? constants.get(inputs.get(scale)) : null;
    int zero = scale + 1;
    return step == null
        ? Quantisation.NONE
        : new Quantisation(
            step, zero < inputs.size() ? constants.getOrDefault(inputs.get(zero), 0.0) : 0);
  }

  /**
   * Returns the shape of one sample; an output with a batch axis only has one number per sample.
   */
  private static Optional<Shape> shape(FileValue output) {
    return output.sizes().size() == 1 ? Optional.of(Shape.of()) : output.sample();
  }

  private static boolean keepsNumbers(Value value) {
    return KEEPING.contains(value.operator()) || value.operator().equals("TopK");
  }

  private Value value(String name) {
    return values.getOrDefault(name, new Value(name, Optional.empty(), 0));
  }

  private Value shown(String name) {
    return value(score(name).source());
  }

  private ScoreValue score(String name) {
    return scores.getOrDefault(name, ScoreValue.unknown(name));
  }

  private ScoreKind kind(Value shown) {
    return score(shown.name()).kind();
  }

  /** Returns what a node makes of the scores that it reads. */
  private ScoreValue score(NodeProto node) {
    String name = node.getOutput(0);
    ScoreValue first = score(node.getInput(0));
    if (KEEPING.contains(node.getOpType()) || ROUNDING.contains(node.getOpType())) {
      return first.renamed(name);
    }
    return switch (node.getOpType()) {
      case "Softmax", "Hardmax", "QLinearSoftmax" -> first.softmax(name);
      case "LogSoftmax" -> first.logSoftmax(name);
      case "Sigmoid", "QLinearSigmoid" -> first.sigmoid(name);
      case "HardSigmoid" -> first.hardSigmoid(name);
      case "ArgMax" -> first.ids(name);
      case "Clip" -> clipped(node, first);
      case "Max", "Min" -> limited(node);
      case "Exp" -> first.exponential(name);
      case "Log" -> first.logarithm(name);
      case "Softplus" -> first.softplus(name);
      case "Relu", "Abs" -> first.positive(name);
      case "Greater", "GreaterOrEqual", "Less", "LessOrEqual" -> first.decided(name);
      case "Tanh" -> first.tanh(name);
      case "Neg" -> first.scaled(name, -1, 0);
      case "Reciprocal" -> first.reciprocal(name);
      case "ReduceSum" -> first.sum(name);
      case "Gather", "Slice" -> first.part(name);
      case "Where" -> chosen(node);
      case "Concat" -> ScoreValue.concat(name, inputs(node));
      case "Mean", "Sum" -> ScoreValue.sum(name, inputs(node));
      case "Add", "Sub", "Mul", "Div" ->
          node.getInputCount() == 2 ? combined(node, first) : ScoreValue.unknown(name);
      default -> ScoreValue.unknown(name);
    };
  }

  private List<ScoreValue> inputs(NodeProto node) {
    return node.getInputList().stream().map(this::score).toList();
  }

  /** Returns the result of an operation on two values, of which one may be a number. */
  private ScoreValue combined(NodeProto node, ScoreValue first) {
    String name = node.getOutput(0);
    ScoreValue second = score(node.getInput(1));
    Double left = constants.get(node.getInput(0));
    Double right = constants.get(node.getInput(1));
    ScoreValue varying = left == null ? first : second;
    if (left == null && right == null) {
      return switch (node.getOpType()) {
        case "Add" -> ScoreValue.sum(name, List.of(first, second));
        case "Div" -> first.over(name, second);
        default -> ScoreValue.unknown(name);
      };
    }
    double number = left == null ? right : left;
    return switch (node.getOpType()) {
      case "Add" -> varying.scaled(name, 1, number);
      case "Mul" -> varying.scaled(name, number, 0);
      case "Sub" ->
          left == null ? varying.scaled(name, 1, -number) : varying.scaled(name, -1, number);
      default ->
          left == null
              ? varying.scaled(name, 1 / number, 0)
              : number == 1 ? varying.reciprocal(name) : ScoreValue.unknown(name);
    };
  }

  private ScoreValue clipped(NodeProto node, ScoreValue first) {
    return first.clipped(
        node.getOutput(0),
        limit(node, 1, "min", -Float.MAX_VALUE),
        limit(node, 2, "max", Float.MAX_VALUE));
  }

  /** Returns a limit of Clip, an input or, up to opset 10, an attribute. */
  private double limit(NodeProto node, int input, String attribute, double other) {
    double held =
        node.getAttributeList().stream()
            .filter(one -> one.getName().equals(attribute))
            .mapToDouble(AttributeProto::getF)
            .findFirst()
            .orElse(other);
    return node.getInputCount() > input ? constants.getOrDefault(node.getInput(input), held) : held;
  }

  /** Returns probabilities that are kept above or below a number. */
  private ScoreValue limited(NodeProto node) {
    List<ScoreValue> varying = varying(node.getInputList());
    return varying.size() == 1
        ? varying.get(0).clipped(node.getOutput(0), -Float.MAX_VALUE, Float.MAX_VALUE)
        : ScoreValue.unknown(node.getOutput(0));
  }

  /** Returns probabilities of which some are replaced by a number. */
  private ScoreValue chosen(NodeProto node) {
    List<ScoreValue> varying = varying(node.getInputList().subList(1, node.getInputCount()));
    return varying.size() == 1
        ? varying.get(0).part(node.getOutput(0))
        : ScoreValue.unknown(node.getOutput(0));
  }

  private List<ScoreValue> varying(List<String> names) {
    return names.stream().filter(name -> !constants.containsKey(name)).map(this::score).toList();
  }

  /** Keeps the value of a tensor with a single number; of whole ones, if it has 8 bits. */
  private void constant(String name, TensorProto tensor) {
    if (tensor.getDimsList().stream().anyMatch(size -> size != 1)) {
      return;
    }
    ByteBuffer raw = tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    if (tensor.getFloatDataCount() == 1) {
      constants.put(name, (double) tensor.getFloatData(0));
    } else if (tensor.getDoubleDataCount() == 1) {
      constants.put(name, tensor.getDoubleData(0));
    } else if (tensor.getDataType() == DataType.FLOAT_VALUE && raw.remaining() == Float.BYTES) {
      constants.put(name, (double) raw.getFloat());
    } else if (tensor.getDataType() == DataType.DOUBLE_VALUE && raw.remaining() == Double.BYTES) {
      constants.put(name, raw.getDouble());
    } else if (isByte(tensor) && tensor.getInt32DataCount() + raw.remaining() == 1) {
      boolean signed = tensor.getDataType() == DataType.INT8_VALUE;
      int held = tensor.getInt32DataCount() == 1 ? tensor.getInt32Data(0) : raw.get();
      constants.put(name, (double) (signed ? (byte) held : held & 0xFF));
    } else if (tensor.getDataType() == DataType.FLOAT16_VALUE && raw.remaining() == Short.BYTES) {
      constants.put(name, (double) HalfPrecision.FP16.value(raw.getShort()));
    }
  }

  private static boolean isByte(TensorProto tensor) {
    return tensor.getDataType() == DataType.INT8_VALUE
        || tensor.getDataType() == DataType.UINT8_VALUE;
  }
}
