package dev.trifocal.graph;

import dev.trifocal.error.GraphException;
import dev.trifocal.layer.Layer;
import dev.trifocal.layer.Parameter;
import dev.trifocal.random.RandomStream;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.DataType;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.weights.Initializer;
import dev.trifocal.weights.Weights;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * An immutable network: nodes in topological order and named outputs. Transforms return a new
 * graph.
 *
 * @param nodes nodes, each after those that it reads
 * @param outputs path of the output node by output name
 */
public record Graph(String name, List<Node> nodes, Map<String, String> outputs) {
  /** The name of the only input of a graph made by {@link #build}. */
  public static final String INPUT = "input";

  /** The name of the only output of a graph made by {@link #build}. */
  public static final String OUTPUT = "output";

  /**
   * @throws GraphException if the nodes do not form a valid graph: a path or output occurs twice, a
   *     node reads a value that no earlier node produces, or shapes are inconsistent
   */
  public Graph {
    nodes = List.copyOf(nodes);
    outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
    GraphVerifier.verify(name, nodes, outputs);
  }

  /**
   * Builds a network with one input and one output.
   *
   * @param input shape of one sample, {@code [C, H, W]} for images
   * @param network function from the input to the output
   */
  public static Graph build(String name, Shape input, UnaryOperator<Value> network) {
    GraphBuilder builder = new GraphBuilder(name);
    return builder.output(OUTPUT, network.apply(builder.input(INPUT, input))).graph();
  }

  /** Returns the input nodes. */
  public List<Node> inputs() {
    return nodes.stream().filter(node -> node.layer().isInput()).toList();
  }

  /**
   * Returns the node at a path.
   *
   * @throws GraphException if there is no such node
   */
  public Node node(String path) {
    return nodes.stream()
        .filter(node -> node.path().equals(path))
        .findFirst()
        .orElseThrow(() -> new GraphException("%s: there is no node at %s".formatted(name, path)));
  }

  /** Returns whether there is a node at or below a path. */
  public boolean has(String path) {
    return nodes.stream().anyMatch(node -> below(path, node.path()));
  }

  /** Returns the paths of all nodes and of their enclosing blocks. */
  public Set<String> places() {
    Set<String> result = new LinkedHashSet<>();
    for (Node node : nodes) {
      String path = node.path();
      result.add(path);
      for (int dot = path.indexOf('.'); dot > 0; dot = path.indexOf('.', dot + 1)) {
        result.add(path.substring(0, dot));
      }
    }
    return result;
  }

  /** Returns the path, with a numeric suffix if the graph has a node at or below it. */
  public String unusedPath(String path) {
    Set<String> taken = places();
    String result = path;
    for (int count = 2; taken.contains(result); count++) {
      result = path + "_" + count;
    }
    return result;
  }

  /**
   * Returns the node that computes an output.
   *
   * @throws GraphException if there is no such output
   */
  public Node output(String outputName) {
    String path = outputs.get(outputName);
    if (path == null) {
      throw new GraphException(
          "%s: there is no output '%s'; there are %s"
              .formatted(name, outputName, outputs.keySet()));
    }
    return node(path);
  }

  /**
   * Returns the shapes of all weights, learned parameters and statistics, by full name and in the
   * order of the graph.
   */
  public Map<String, Shape> weightShapes() {
    Map<String, Shape> result = new LinkedHashMap<>();
    for (Node node : nodes) {
      node.parameters().forEach(p -> result.put(node.name(p), p.shape()));
    }
    return result;
  }

  /** Returns the paths of the nodes that all weights belong to, by the full name of the weight. */
  public Map<String, String> weightNodes() {
    Map<String, String> result = new LinkedHashMap<>();
    for (Node node : nodes) {
      node.parameters().forEach(p -> result.put(node.name(p), node.path()));
    }
    return result;
  }

  /**
   * Returns the shapes of the parameters that training updates: the learned parameters of nodes
   * that are not frozen.
   */
  public Map<String, Shape> trainableShapes() {
    Map<String, Shape> result = new LinkedHashMap<>();
    for (Node node : nodes) {
      node.trained().forEach(p -> result.put(node.name(p), p.shape()));
    }
    return result;
  }

  /**
   * Returns the paths of the nodes that have trainable parameters or depend on nodes that do.
   * Gradients flow through exactly these nodes.
   */
  public Set<String> leadingToTrained() {
    Set<String> result = new HashSet<>();
    for (Node node : nodes) {
      if (!node.trained().isEmpty() || node.inputs().stream().anyMatch(result::contains)) {
        result.add(node.path());
      }
    }
    return result;
  }

  /**
   * Returns, for each node, the index of the last node that reads its value: the node's own index
   * if none does, or {@code nodes().size()} if the value is an output. The value can be released
   * after that node.
   */
  public Map<String, Integer> lastReaders() {
    Map<String, Integer> result = new HashMap<>();
    for (int i = 0; i < nodes.size(); i++) {
      result.put(nodes.get(i).path(), i);
      for (String input : nodes.get(i).inputs()) {
        result.put(input, i);
      }
    }
    outputs.values().forEach(path -> result.put(path, nodes.size()));
    return result;
  }

  /**
   * Returns initial weights. Each is a pure function of (seed, parameter name), so adding a layer
   * does not change the others.
   *
   * @throws GraphException if an initializer returns values of the wrong shape or type
   */
  public Weights initialWeights(long seed) {
    RandomStream stream = RandomStream.of(seed).at("initial weights");
    Map<String, Tensor> result = new LinkedHashMap<>();
    for (Node node : nodes) {
      for (Parameter p : node.parameters()) {
        String full = node.name(p);
        Tensor values = p.initializer().values(stream.at(full), p.shape(), p.fanIn(), p.fanOut());
        if (values.type() != DataType.FLOAT32 || !values.shape().equals(p.shape())) {
          throw new GraphException(
              "%s: %s returned %s for %s, which has the shape %s"
                  .formatted(name, p.initializer().getClass().getName(), values, full, p.shape()));
        }
        result.put(full, values);
      }
    }
    return new Weights(result);
  }

  /**
   * Returns the subgraph that computes the node at {@code path}, with that node as the only output.
   *
   * @throws GraphException if there is no such node
   */
  public Graph upTo(String path) {
    return needed(Map.of(OUTPUT, node(path).path()));
  }

  /**
   * Returns the subgraph that computes the given outputs. Inputs that they do not depend on are
   * removed.
   *
   * @throws GraphException if there is no such output
   */
  public Graph keep(Set<String> outputNames) {
    Map<String, String> kept = new LinkedHashMap<>();
    for (String outputName : outputNames) {
      kept.put(outputName, output(outputName).path());
    }
    return needed(kept);
  }

  /**
   * Returns this graph with additional outputs, named after their paths.
   *
   * @throws GraphException if there is no such node, or another node's output has that name
   */
  public Graph tap(String... paths) {
    Map<String, String> more = new LinkedHashMap<>(outputs);
    for (String path : paths) {
      String before = more.put(path, node(path).path());
      if (before != null && !before.equals(path)) {
        throw new GraphException("%s: two outputs are named %s".formatted(name, path));
      }
    }
    return new Graph(name, nodes, more);
  }

  /**
   * Returns this graph with everything after {@code path} replaced by a new head.
   *
   * @param head function from the value at {@code path} to the new output
   */
  public Graph withHead(String path, UnaryOperator<Value> head) {
    Graph body = upTo(path);
    GraphBuilder builder = new GraphBuilder(name);
    Map<String, Value> values = body.redraw(builder, (node, value) -> value);
    return builder.output(OUTPUT, head.apply(values.get(path))).graph().freezeNodes(body.frozen());
  }

  /**
   * Returns this graph with layers inserted between an input and its readers. The input keeps its
   * path, and outputs keep their names.
   *
   * @param input path of the input
   * @param front function from the input to the value that replaces it
   */
  public Graph withFront(String input, UnaryOperator<Value> front) {
    node(input);
    return replaced(new GraphBuilder(name), input, front);
  }

  /**
   * Returns this graph with learned values, initially 0, added to the value at a path. They are
   * shared by all samples, so their gradient is that of the value, summed over the batch.
   *
   * @param path path of the value
   * @param offset path of the learned values
   * @throws GraphException if there is no node at {@code path}, or there is one at {@code offset}
   */
  public Graph withOffset(String path, String offset) {
    GraphBuilder builder = new GraphBuilder(name);
    Value learned = builder.learned(offset, node(path).shape(), new Initializer.Constant(0));
    String sum = unusedPath(offset + "_sum");
    return replaced(builder, path, value -> value.plus(sum, learned));
  }

  /**
   * Returns this graph with other layers in place of its own, and the shapes that follow.
   *
   * @param change function from a node and the new shapes of its inputs to the layers in its place;
   *     each reads the one before, and the last one has the path of the node
   * @throws GraphException if the layers do not fit together
   */
  public Graph redrawn(BiFunction<Node, List<Shape>, List<Layer>> change) {
    GraphBuilder builder = new GraphBuilder(name);
    Map<String, Value> values = new HashMap<>();
    for (Node node : nodes) {
      List<Value> inputs = node.inputs().stream().map(values::get).toList();
      List<Layer> layers = change.apply(node, inputs.stream().map(Value::shape).toList());
      for (int i = 0; i < layers.size() - 1; i++) {
        String path = unusedPath(node.path() + "_part" + (i + 1));
        inputs = List.of(builder.node("", path, layers.get(i), inputs));
      }
      Layer last = layers.get(layers.size() - 1);
      values.put(node.path(), builder.node("", node.path(), last, inputs));
    }
    outputs.forEach((output, end) -> builder.output(output, values.get(end)));
    return builder.graph().freezeNodes(frozen());
  }

  /**
   * Returns this classifier as a network that scores each position of an image.
   *
   * @throws GraphException as {@link FullyConvolutional#of}
   */
  public FullyConvolutional fullyConvolutional() {
    return FullyConvolutional.of(this);
  }

  /**
   * Returns this graph with all nodes at or below the given paths frozen: {@code
   * freeze("features")} freezes {@code features.0.conv}. Without arguments, all nodes are frozen.
   *
   * @throws GraphException if a prefix matches no node
   */
  public Graph freeze(String... prefixes) {
    for (String prefix : prefixes) {
      if (!has(prefix)) {
        throw new GraphException(
            "%s: cannot freeze %s: no node has this path or lies below it".formatted(name, prefix));
      }
    }
    return mapNodes(
        node ->
            prefixes.length == 0 || List.of(prefixes).stream().anyMatch(p -> below(p, node.path()))
                ? node.freeze(true)
                : node);
  }

  /** Returns this graph with exactly the nodes frozen that match a predicate. */
  public Graph freezeOnly(Predicate<Node> frozen) {
    return mapNodes(node -> node.freeze(frozen.test(node)));
  }

  /** Returns this graph with the nodes at exactly these paths frozen as well. */
  Graph freezeNodes(Set<String> paths) {
    return mapNodes(node -> paths.contains(node.path()) ? node.freeze(true) : node);
  }

  /**
   * Rebuilds all nodes.
   *
   * @param change function from a node's value to the value passed to its readers
   */
  private Map<String, Value> redraw(GraphBuilder builder, BiFunction<Node, Value, Value> change) {
    Map<String, Value> values = new HashMap<>();
    for (Node node : nodes) {
      List<Value> inputs = node.inputs().stream().map(values::get).toList();
      Value drawn = builder.node("", node.path(), node.layer(), inputs);
      values.put(node.path(), change.apply(node, drawn));
    }
    return values;
  }

  /** Draws this graph with another value in place of the one at a path, for all that read it. */
  private Graph replaced(GraphBuilder builder, String path, UnaryOperator<Value> change) {
    Map<String, Value> values =
        redraw(builder, (node, value) -> node.path().equals(path) ? change.apply(value) : value);
    outputs.forEach((output, end) -> builder.output(output, values.get(end)));
    return builder.graph().freezeNodes(frozen());
  }

  Set<String> frozen() {
    return nodes.stream().filter(Node::frozen).map(Node::path).collect(Collectors.toSet());
  }

  private Graph mapNodes(UnaryOperator<Node> change) {
    return new Graph(name, nodes.stream().map(change).toList(), outputs);
  }

  private Graph needed(Map<String, String> wanted) {
    Set<String> needed = new HashSet<>(wanted.values());
    List<Node> kept = new ArrayList<>();
    for (int i = nodes.size() - 1; i >= 0; i--) {
      Node node = nodes.get(i);
      if (needed.contains(node.path())) {
        kept.add(node);
        needed.addAll(node.inputs());
      }
    }
    Collections.reverse(kept);
    return new Graph(name, kept, wanted);
  }

  private static boolean below(String prefix, String path) {
    return path.equals(prefix) || path.startsWith(prefix + ".");
  }
}
