package dev.trifocal.backend.onnx;

import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Node;
import dev.trifocal.graph.RecomputationPlan.Block;
import dev.trifocal.onnx.ForwardLowering;
import dev.trifocal.onnx.NodeContext;
import dev.trifocal.onnx.OnnxGraphBuilder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The nodes of a graph in training mode, and the values that gradient rules read. Blocks can be run
 * again; rules then read the values of the last run.
 *
 * <p>A repeated node has the same operators as the first one. Some rules choose them by whether a
 * value exists in the layout NCHWc, so the values of a second run get it where those of the first
 * one had it.
 */
final class ForwardPass {
  private final OnnxGraphBuilder onnx;
  private final TrainingModeLayers layers;
  private final ForwardLowering lowering;
  private final Map<String, NodeContext> contexts = new HashMap<>();
  private final Map<String, String> values = new HashMap<>();
  private final Map<String, LateValues.Source> first = new HashMap<>();

  /** The inputs that were in the layout NCHWc when their reader was written, by its path. */
  private final Map<String, Set<String>> readInBlocks = new HashMap<>();

  /** All values of a node. */
  private final Map<String, List<String>> versions = new HashMap<>();

  private ForwardPass(OnnxGraphBuilder onnx, TrainingModeLayers layers, Graph graph) {
    this.onnx = onnx;
    this.layers = layers;
    this.lowering = ForwardLowering.of(onnx, layers, graph);
  }

  /** Writes the nodes of a graph. */
  static ForwardPass of(OnnxGraphBuilder onnx, TrainingModeLayers layers, Graph graph) {
    ForwardPass pass = new ForwardPass(onnx, layers, graph);
    for (Node node : graph.nodes()) {
      pass.run(node);
    }
    return pass;
  }

  /** Returns the ONNX value of a node. */
  String value(String path) {
    return values.get(path);
  }

  /** Returns a node with the ONNX values that it reads. */
  NodeContext context(String path) {
    return contexts.get(path);
  }

  private void run(Node node) {
    NchwcValues inBlocks = layers.values();
    Set<String> blocked = new HashSet<>();
    node.inputs().stream().filter(path -> inBlocks.has(values.get(path))).forEach(blocked::add);
    readInBlocks.put(node.path(), blocked);
    onnx.scope(node.path());
    String value = write(node, node.inputs().stream().map(values::get).toList());
    first.put(node.path(), new LateValues.Source(node, value, inBlocks.has(value)));
    set(node.path(), value);
  }

  private String write(Node node, List<String> inputs) {
    NodeContext context = new NodeContext(node, inputs);
    contexts.put(node.path(), context);
    return node.layer().accept(lowering, context);
  }

  private void set(String path, String value) {
    values.put(path, value);
    versions.computeIfAbsent(path, p -> new ArrayList<>()).add(value);
  }

  /**
   * Writes the nodes of a block again, from what earlier blocks have kept.
   *
   * @param reaching paths of the nodes that gradients flow through; others are not repeated
   * @param arrived gradients before which the block must not run
   */
  void repeat(Block block, Set<String> reaching, Collection<String> arrived) {
    onnx.scope("recompute");
    LateValues late = LateValues.after(onnx, layers.values(), arrived);
    Set<String> inside = new HashSet<>();
    for (Node node : block.nodes()) {
      if (!reaching.contains(node.path())) {
        continue;
      }
      onnx.scope("recompute/" + node.path());
      for (String path : node.inputs()) {
        if (inside.add(path)) {
          set(path, late.of(first.get(path)));
        }
        if (readInBlocks.get(node.path()).contains(path)) {
          layers.values().blocked(values.get(path));
        }
      }
      set(node.path(), write(node, node.inputs().stream().map(values::get).toList()));
      inside.add(node.path());
    }
  }

  /** Gives the values that the gradient rule of a node reads the layout of their other versions. */
  void alignLayouts(Node node) {
    Stream.concat(node.inputs().stream(), Stream.of(node.path()))
        .filter(path -> versions.get(path).stream().anyMatch(layers.values()::has))
        .forEach(path -> layers.values().blocked(values.get(path)));
  }
}
