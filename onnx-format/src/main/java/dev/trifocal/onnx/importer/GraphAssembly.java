package dev.trifocal.onnx.importer;

import dev.trifocal.graph.Graph;
import dev.trifocal.graph.GraphBuilder;
import dev.trifocal.graph.Value;
import dev.trifocal.onnx.internal.operand.NodePath;
import dev.trifocal.onnx.internal.operand.PendingNode;
import dev.trifocal.onnx.internal.operand.UniqueNames;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.weights.Initializer;
import dev.trifocal.weights.Weights;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Builds a graph from the pending nodes that its outputs depend on, in topological order. */
final class GraphAssembly {
  private final GraphBuilder builder;
  private final IdentityHashMap<PendingNode, Value> values = new IdentityHashMap<>();
  private final IdentityHashMap<PendingNode, String> paths = new IdentityHashMap<>();
  private final UniqueNames taken = new UniqueNames();
  private final Map<String, Tensor> weights = new LinkedHashMap<>();

  GraphAssembly(String name) {
    builder = new GraphBuilder(name);
  }

  /**
   * Builds the graph.
   *
   * @param inputs input nodes, whose names are claimed before all others
   * @param outputs output nodes by name
   */
  Graph graph(List<PendingNode> inputs, Map<String, PendingNode> outputs) {
    inputs.forEach(this::claim);
    outputs.values().forEach(this::build);
    outputs.forEach((name, piece) -> builder.output(name, values.get(piece)));
    return builder.graph();
  }

  /** Returns the weights of the graph that was built. */
  Weights weights() {
    return new Weights(weights);
  }

  String path(PendingNode piece) {
    return paths.get(piece);
  }

  /**
   * Builds a node after its inputs, without recursion because networks can be thousands of layers
   * deep.
   */
  private void build(PendingNode last) {
    Deque<PendingNode> open = new ArrayDeque<>(List.of(last));
    while (!open.isEmpty()) {
      PendingNode piece = open.peek();
      List<PendingNode> missing =
          piece.inputs().stream().filter(input -> !values.containsKey(input)).toList();
      if (missing.isEmpty()) {
        open.pop();
        values.computeIfAbsent(piece, this::built);
      } else {
        for (int i = missing.size() - 1; i >= 0; i--) {
          open.push(missing.get(i));
        }
      }
    }
  }

  private Value built(PendingNode piece) {
    String path = claim(piece);
    piece.parameters().forEach((name, tensor) -> weights.put(path + "." + name, tensor));
    List<Value> inputs = piece.inputs().stream().map(values::get).toList();
    if (inputs.isEmpty()) {
      return source(path, piece);
    }
    Value[] others = inputs.subList(1, inputs.size()).toArray(Value[]::new);
    return inputs.get(0).with(path, piece.layer(), others);
  }

  private Value source(String path, PendingNode piece) {
    return piece.parameters().isEmpty()
        ? builder.input(path, piece.shape())
        : builder.learned(path, piece.shape(), new Initializer.Constant(0));
  }

  private String claim(PendingNode piece) {
    return paths.computeIfAbsent(
        piece,
        p -> {
          String wanted = p.name().isEmpty() ? p.layer().kind().toLowerCase(Locale.ROOT) : p.name();
          return taken.unique(NodePath.clean(wanted));
        });
  }
}
