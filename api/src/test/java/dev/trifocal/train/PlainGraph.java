package dev.trifocal.train;

import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Node;
import dev.trifocal.layer.Activation;
import dev.trifocal.layer.ActivationFunction;
import dev.trifocal.layer.Affine;
import dev.trifocal.layer.BatchReduce;
import dev.trifocal.layer.Layer;
import dev.trifocal.layer.LogSoftmax;
import dev.trifocal.layer.Reduce;
import dev.trifocal.layer.Softmax;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/** Graphs of the layers that losses are made of, computed plainly in double precision. */
public final class PlainGraph {
  private final Graph graph;
  private final Map<String, Array> values = new HashMap<>();

  private PlainGraph(Graph graph) {
    this.graph = graph;
  }

  /** Numbers in row-major order. */
  public record Array(Shape shape, double... values) {
    public static Array of(Tensor tensor) {
      FloatBuffer floats = tensor.floats();
      double[] values = new double[floats.capacity()];
      for (int i = 0; i < values.length; i++) {
        values[i] = floats.get(i);
      }
      return new Array(tensor.shape(), values);
    }

    public Tensor tensor() {
      return Tensor.floats(
          shape,
          buffer -> {
            for (int i = 0; i < values.length; i++) {
              buffer.put(i, (float) values[i]);
            }
          });
    }
  }

  /**
   * @param known values by path: inputs, and whatever else need not be worked out
   * @return by output name
   */
  public static Map<String, Array> run(Graph graph, Map<String, Array> known) {
    PlainGraph plain = new PlainGraph(graph);
    plain.values.putAll(known);
    Map<String, Array> outputs = new LinkedHashMap<>();
    graph.outputs().forEach((name, path) -> outputs.put(name, plain.value(path)));
    return outputs;
  }

  /** The loss of a batch of logits. */
  public static double loss(Loss loss, Tensor logits, Tensor labels) {
    Graph net = Graph.build("logits", logits.shape().sample(), x -> x);
    LossGraph graph = LossGraph.of(net, List.of(new Objective(Graph.OUTPUT, loss, 1)));
    return loss(graph, Map.of(Graph.INPUT, Array.of(logits)), Map.of(Graph.OUTPUT, labels));
  }

  /**
   * @param known values of the network by path: of all that objectives read
   */
  public static double loss(LossGraph loss, Map<String, Array> known, Map<String, Tensor> labels) {
    int batch = known.values().iterator().next().shape().size(0);
    Map<String, Array> all = new HashMap<>(known);
    loss.encode(labels, batch).forEach((path, tensor) -> all.put(path, Array.of(tensor)));
    return run(loss.graph().keep(java.util.Set.of(LossGraph.LOSS)), all)
        .get(LossGraph.LOSS)
        .values()[0];
  }

  private Array value(String path) {
    Array known = values.get(path);
    if (known == null) {
      Node node = graph.node(path);
      List<Array> inputs = node.inputs().stream().map(this::value).toList();
      known = compute(node, inputs);
      values.put(path, known);
    }
    return known;
  }

  private static Array compute(Node node, List<Array> in) {
    Layer layer = node.layer();
    Array x = in.get(0);
    return switch (layer.kind()) {
      case "Multiply" -> zip(x, in.get(1), (a, b) -> a * b);
      case "Add" -> in.stream().reduce((l, r) -> zip(l, r, Double::sum)).orElseThrow();
      case "Divide" -> zip(x, in.get(1), (a, b) -> a / b);
      case "Affine" -> affine((Affine) layer, x);
      case "Reduce" -> reduce((Reduce) layer, x);
      case "BatchReduce" -> overBatch((BatchReduce) layer, x);
      case "LogSoftmax" -> logSoftmax(x, ((LogSoftmax) layer).axis() + 1);
      case "Softmax" -> map(logSoftmax(x, ((Softmax) layer).axis() + 1), Math::exp);
      case "Reshape", "Flatten" -> new Array(node.shape().batch(x.shape().size(0)), x.values());
      default -> {
        if (layer instanceof Activation activation) {
          yield map(x, function(activation.function()));
        }
        throw new IllegalArgumentException("not a layer of losses: " + layer);
      }
    };
  }

  private static DoubleUnaryOperator function(ActivationFunction function) {
    if (function instanceof ActivationFunction.Clip clip) {
      return a -> Math.min(Math.max(a, clip.low()), clip.high());
    }
    if (function instanceof ActivationFunction.Power power) {
      return a -> Math.pow(a, power.exponent());
    }
    return switch (function.getClass().getSimpleName()) {
      case "Softplus" -> a -> Math.max(a, 0) + Math.log1p(Math.exp(-Math.abs(a)));
      case "Sigmoid" -> a -> 1 / (1 + Math.exp(-a));
      case "Exp" -> Math::exp;
      case "Log" -> Math::log;
      case "Abs" -> Math::abs;
      case "Sqrt" -> Math::sqrt;
      default -> throw new IllegalArgumentException("not a function of losses: " + function);
    };
  }

  private static Array affine(Affine layer, Array x) {
    int channels = layer.scale().size();
    int rest = channels == 1 ? 1 : x.values().length / x.shape().size(0) / channels;
    double[] result = new double[x.values().length];
    for (int i = 0; i < result.length; i++) {
      int c = channels == 1 ? 0 : i / rest % channels;
      result[i] = x.values()[i] * layer.scale().get(c) + layer.shift().get(c);
    }
    return new Array(x.shape(), result);
  }

  private static Array reduce(Reduce layer, Array x) {
    Array result = x;
    for (int axis : layer.axes()) {
      result = fold(result, axis + 1);
      if (layer.reduction() == Reduce.Reduction.MEAN) {
        int count = x.shape().size(axis + 1);
        result = map(result, a -> a / count);
      }
    }
    return result;
  }

  private static Array overBatch(BatchReduce layer, Array x) {
    int count = layer.reduction() == Reduce.Reduction.MEAN ? x.shape().size(0) : 1;
    return map(fold(x, 0), a -> a / count);
  }

  private static Array fold(Array x, int axis) {
    int inner = inner(x.shape(), axis);
    int size = x.shape().size(axis);
    double[] result = new double[x.values().length / size];
    for (int i = 0; i < x.values().length; i++) {
      result[i / (inner * size) * inner + i % inner] += x.values()[i];
    }
    return new Array(x.shape().with(axis, 1), result);
  }

  private static Array logSoftmax(Array x, int axis) {
    int inner = inner(x.shape(), axis);
    int size = x.shape().size(axis);
    double[] result = new double[x.values().length];
    for (int i = 0; i < result.length; i++) {
      int first = i / (inner * size) * inner * size + i % inner;
      double largest = Double.NEGATIVE_INFINITY;
      for (int k = 0; k < size; k++) {
        largest = Math.max(largest, x.values()[first + k * inner]);
      }
      double sum = 0;
      for (int k = 0; k < size; k++) {
        sum += Math.exp(x.values()[first + k * inner] - largest);
      }
      result[i] = x.values()[i] - largest - Math.log(sum);
    }
    return new Array(x.shape(), result);
  }

  private static int inner(Shape shape, int axis) {
    int inner = 1;
    for (int i = axis + 1; i < shape.rank(); i++) {
      inner *= shape.size(i);
    }
    return inner;
  }

  private static Array map(Array x, DoubleUnaryOperator operator) {
    return new Array(x.shape(), java.util.Arrays.stream(x.values()).map(operator).toArray());
  }

  /** Axes of size 1 are repeated. */
  private static Array zip(Array a, Array b, DoubleBinaryOperator operator) {
    Shape shape = a.shape();
    for (int axis = 0; axis < shape.rank(); axis++) {
      shape = shape.with(axis, Math.max(shape.size(axis), b.shape().size(axis)));
    }
    double[] result = new double[Math.toIntExact(shape.elements())];
    for (int i = 0; i < result.length; i++) {
      result[i] =
          operator.applyAsDouble(a.values()[place(i, shape, a)], b.values()[place(i, shape, b)]);
    }
    return new Array(shape, result);
  }

  private static int place(int index, Shape shape, Array in) {
    int place = 0;
    int stride = 1;
    int rest = index;
    for (int axis = shape.rank() - 1; axis >= 0; axis--) {
      int at = rest % shape.size(axis);
      rest /= shape.size(axis);
      place += in.shape().size(axis) == 1 ? 0 : at * stride;
      stride *= in.shape().size(axis);
    }
    return place;
  }
}
