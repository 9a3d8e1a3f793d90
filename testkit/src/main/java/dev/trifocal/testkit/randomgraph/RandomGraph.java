package dev.trifocal.testkit.randomgraph;

import dev.trifocal.graph.Graph;
import dev.trifocal.graph.GraphBuilder;
import dev.trifocal.graph.Node;
import dev.trifocal.graph.Value;
import dev.trifocal.layer.Layer;
import dev.trifocal.random.RandomStream;
import dev.trifocal.shape.Shape;
import dev.trifocal.weights.Initializer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A small random graph with its batch size.
 *
 * <p>It starts with one image, two images, or an image and a learnable image; each input is
 * followed by a convolution, so that gradients flow back to the start. Every value without
 * consumers is an output.
 */
public record RandomGraph(Graph graph, int batch) {
  private static final int ELEMENTS = 300;
  private static final int LONGEST = 9;
  private static final int NUMBERS = 1000;

  /**
   * Builds a graph.
   *
   * @param start selects the inputs of the graph
   * @param moves the steps that add operations
   */
  public static RandomGraph draw(int start, List<OperationChoice> moves) {
    int batch = 2 + Math.floorMod(start, 2);
    GraphBuilder builder = new GraphBuilder("sketch");
    List<Value> values = begin(builder, Math.floorMod(start, 3));
    for (OperationChoice move : moves) {
      Value other = move.other(values);
      String name = "step" + values.size();
      values.add(move.value(values).block(name, x -> go(x, other, batch, move)));
    }
    Graph open = builder.output("last", values.get(values.size() - 1)).graph();
    return new RandomGraph(new Graph(open.name(), open.nodes(), ends(open)), batch);
  }

  /** Returns a graph that depends only on the seed. */
  public static RandomGraph random(long seed) {
    RandomStream stream = RandomStream.of(seed).at("sketch");
    List<OperationChoice> moves = new ArrayList<>();
    for (int i = 0; i < 1 + stream.below(0, LONGEST); i++) {
      RandomStream move = stream.at(i);
      moves.add(
          new OperationChoice(
              move.below(0, NUMBERS),
              move.below(1, NUMBERS),
              move.below(2, NUMBERS),
              move.below(3, NUMBERS),
              move.below(4, NUMBERS)));
    }
    return draw(stream.below(1, NUMBERS), moves);
  }

  private static List<Value> begin(GraphBuilder builder, int start) {
    List<Value> result = new ArrayList<>();
    if (start == 1) {
      Value small = builder.input("x1", Shape.of(1, 3, 6));
      result.add(small.then("stem1", Layer.conv(2, 2)));
    }
    if (start == 2) {
      Initializer normal = new Initializer.Normal(0, 1);
      result.add(builder.learned("learned", Shape.of(3, 5, 4), normal));
    }
    Value image = builder.input("x0", Shape.of(2, 5, 4));
    result.add(image.then("stem0", Layer.conv(3, 3).padding(1)));
    return result;
  }

  private static Value go(Value x, Value other, int batch, OperationChoice move) {
    List<GraphOperation> steps = new ArrayList<>(UnaryOperations.of(x, batch, move));
    if (x.shape().rank() == 3) {
      steps.addAll(ImageOperations.of(x, move));
    }
    List<GraphOperation> meetings = BinaryOperations.of(x, other);
    // Every other step combines two values, if possible.
    boolean meets = !meetings.isEmpty() && move.second(0, 1) == 0;
    Value result = move.layer(meets ? meetings : steps).get();
    boolean large = result.shape().elements() > ELEMENTS;
    return large && result.shape().rank() == 3 ? result.then(Layer.maxPool(2)) : result;
  }

  private static Map<String, String> ends(Graph open) {
    Set<String> read = new HashSet<>();
    open.nodes().forEach(node -> read.addAll(node.inputs()));
    Map<String, String> result = new LinkedHashMap<>();
    for (Node node : open.nodes()) {
      if (!read.contains(node.path())) {
        result.put("end" + result.size(), node.path());
      }
    }
    return result;
  }
}
