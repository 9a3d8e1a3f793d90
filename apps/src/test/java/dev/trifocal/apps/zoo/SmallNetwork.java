package dev.trifocal.apps.zoo;

import dev.trifocal.error.GraphException;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.GraphJson;
import dev.trifocal.graph.Node;
import dev.trifocal.shape.Shape;
import dev.trifocal.zoo.ModelOptions;
import dev.trifocal.zoo.TrainingGraph;
import dev.trifocal.zoo.ZooModel;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A network of the zoo drawn for two classes and for the smallest square images, of a few sizes,
 * that it can read. All layers are there, but those of a network of more than four million numbers
 * have a quarter of their channels: 130 million numbers in the dense layers of a VGG take minutes
 * and teach nothing. Dropout is frozen, which is its evaluation mode, so that the loss is the same
 * function of the weights at each step, and only learning lowers it.
 */
final class SmallNetwork {
  /** In the file of a graph, what says how many channels a layer makes, or how they are grouped. */
  static final Pattern CHANNELS = Pattern.compile("(\"(?:units|filters|groups)\" *: *)(\\d+)");

  static final long MANY = 4_000_000;

  private SmallNetwork() {}

  static TrainingGraph of(ZooModel model) {
    int channels = model.input().size(0);
    Shape shape =
        IntStream.of(28, 32, 48, 64, 72, 188)
            .mapToObj(size -> Shape.of(channels, size, size))
            .filter(candidate -> reads(model, candidate))
            .findFirst()
            .orElseThrow();
    TrainingGraph whole = model.trainingGraph(shape, options(model));
    return new TrainingGraph(withoutDropout(narrowed(whole.graph())), whole.auxiliaries());
  }

  private static boolean reads(ZooModel model, Shape input) {
    try {
      model.trainingGraph(input, options(model));
      return true;
    } catch (GraphException e) {
      return false;
    }
  }

  private static ModelOptions options(ZooModel model) {
    return ModelOptions.of(Math.min(2, model.classes()));
  }

  private static Graph narrowed(Graph graph) {
    long numbers = graph.weightShapes().values().stream().mapToLong(Shape::elements).sum();
    return numbers > MANY
        ? GraphJson.read(
            CHANNELS.matcher(GraphJson.write(graph)).replaceAll(SmallNetwork::quarter),
            graph.name())
        : graph;
  }

  /** The classes, and the two groups of AlexNet, are few enough as they are. */
  private static String quarter(MatchResult setting) {
    int count = Integer.parseInt(setting.group(2));
    return setting.group(1) + (count < 8 ? count : count / 4);
  }

  private static Graph withoutDropout(Graph graph) {
    String[] dropouts =
        graph.nodes().stream()
            .filter(node -> node.layer().kind().equals("Dropout"))
            .map(Node::path)
            .toArray(String[]::new);
    return dropouts.length == 0 ? graph : graph.freeze(dropouts);
  }
}
