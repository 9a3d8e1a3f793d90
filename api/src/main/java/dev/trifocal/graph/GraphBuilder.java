package dev.trifocal.graph;

import dev.trifocal.error.GraphException;
import dev.trifocal.layer.Input;
import dev.trifocal.layer.Layer;
import dev.trifocal.layer.LayerSpec;
import dev.trifocal.layer.LearnableInput;
import dev.trifocal.shape.Shape;
import dev.trifocal.weights.Initializer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Builds graphs with several inputs or outputs; for one of each, use {@link Graph#build}. */
public final class GraphBuilder {
  /** The possessive quantifier avoids a stack frame for each part of a name. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]+([.][A-Za-z0-9_]+)*+");

  private final String name;
  private final Map<String, Node> nodes = new LinkedHashMap<>();
  private final Map<String, String> outputs = new LinkedHashMap<>();

  public GraphBuilder(String name) {
    this.name = name;
  }

  /**
   * Returns a builder that extends a graph; existing nodes, including frozen ones, are unchanged.
   */
  public static GraphBuilder of(Graph graph) {
    GraphBuilder builder = new GraphBuilder(graph.name());
    graph.nodes().forEach(node -> builder.nodes.put(node.path(), node));
    builder.outputs.putAll(graph.outputs());
    return builder;
  }

  /** Adds an input for samples of the given shape. */
  public Value input(String path, Shape shape) {
    return node("", path, new Input(shape), List.of());
  }

  /** Adds learned values that are shared by all samples; see {@link LearnableInput}. */
  public Value learned(String path, Shape shape, Initializer initializer) {
    return node("", path, new LearnableInput(shape, initializer), List.of());
  }

  /**
   * Returns the value of an existing node.
   *
   * @throws GraphException if there is no node at this path
   */
  public Value value(String path) {
    Node node = nodes.get(path);
    if (node == null) {
      throw new GraphException("%s: there is no node at %s".formatted(name, path));
    }
    return new Value(this, "", node);
  }

  /** Returns whether there is a node at or below a path. */
  public boolean has(String path) {
    return nodes.keySet().stream().anyMatch(p -> p.equals(path) || p.startsWith(path + "."));
  }

  /** Returns the nodes added so far, each after those that it reads. */
  public List<Node> nodes() {
    return List.copyOf(nodes.values());
  }

  /**
   * Declares a value as an output of the graph.
   *
   * @throws GraphException if the name is malformed or taken, or the value belongs to another graph
   */
  public GraphBuilder output(String outputName, Value value) {
    requireOwn(outputName, value);
    requireName(outputName);
    if (outputs.putIfAbsent(outputName, value.path()) != null) {
      throw new GraphException(name + ": two outputs are named " + outputName);
    }
    return this;
  }

  public Graph graph() {
    return new Graph(name, List.copyOf(nodes.values()), outputs);
  }

  Value node(String scope, String given, LayerSpec layerSpec, List<Value> inputs) {
    List<Shape> shapes = inputs.stream().map(Value::shape).toList();
    Layer layer = settle(scope, given, layerSpec, shapes);
    String path = given == null ? automatic(scope, layer) : scope + given;
    if (given != null) {
      requireName(given);
    }
    inputs.forEach(input -> requireOwn(path, input));
    Node node =
        new Node(
            path,
            layer,
            inputs.stream().map(Value::path).toList(),
            shapes,
            GraphVerifier.infer(name, path, layer, shapes),
            GraphVerifier.batched(name, path, layer, inputs.stream().map(Value::batched).toList()),
            false);
    if (nodes.putIfAbsent(path, node) != null) {
      throw new GraphException("%s: two nodes have the path %s; rename one".formatted(name, path));
    }
    return new Value(this, scope, node);
  }

  static void requireName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new GraphException(
          "'%s' is not a name: use letters, digits and underscores, with dots between parts"
              .formatted(name));
    }
  }

  private Layer settle(String scope, String given, LayerSpec layer, List<Shape> shapes) {
    try {
      return layer.at(shapes);
    } catch (GraphException e) {
      throw new GraphException(
          "%s: %s %s".formatted(name, scope + (given == null ? "layer" : given), e.getMessage()),
          e);
    }
  }

  private String automatic(String scope, Layer layer) {
    String base = scope + layer.kind().toLowerCase(Locale.ROOT);
    String path = base;
    for (int count = 2; nodes.containsKey(path); count++) {
      path = base + "_" + count;
    }
    return path;
  }

  int nextNumber(String scope) {
    int number = 0;
    for (String path : nodes.keySet()) {
      String name = path.startsWith(scope) ? path.substring(scope.length()).split("[.]", 2)[0] : "";
      number = name.matches("\\d{1,9}") ? Math.max(number, Integer.parseInt(name) + 1) : number;
    }
    return number;
  }

  void requireOwn(String path, Value value) {
    if (!value.belongsTo(this)) {
      throw new GraphException(
          "%s: %s reads %s, which belongs to another graph".formatted(name, path, value.path()));
    }
  }
}
