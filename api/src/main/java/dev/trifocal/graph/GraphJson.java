package dev.trifocal.graph;

import dev.trifocal.error.FileException;
import dev.trifocal.error.TrifocalException;
import dev.trifocal.file.KindFamily;
import dev.trifocal.file.StrictJson;
import dev.trifocal.layer.ActivationFunction;
import dev.trifocal.layer.Layer;
import dev.trifocal.layer.LearnableInput;
import dev.trifocal.weights.Initializer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads and writes graphs as JSON, {@code graph.json}: nodes with path, layer and inputs, and the
 * outputs. Shapes are not stored but inferred, so a file cannot contradict itself.
 */
public final class GraphJson {
  /** The version of the format, stored in each file. */
  public static final int FORMAT = 2;

  /** The name under which files of this format store {@link LearnableInput}. */
  public static final String STORED_LEARNABLE_INPUT = "Learned";

  private GraphJson() {}

  /**
   * Writes a graph as JSON.
   *
   * @throws dev.trifocal.error.ConfigurationException if a user-defined initializer cannot be saved
   */
  public static String write(Graph graph) {
    List<Entry> nodes =
        graph.nodes().stream()
            .map(node -> new Entry(node.path(), node.layer(), node.inputs(), node.frozen()))
            .toList();
    return json().write(new Content(FORMAT, graph.name(), nodes, graph.outputs()));
  }

  /**
   * Reads a graph from JSON.
   *
   * @param source name of the file, for messages
   * @throws FileException if the text is not a graph of this format, or the graph is invalid
   */
  public static Graph read(String text, String source) {
    Content content = json().read(text, source, FORMAT, Content.class);
    try {
      return content.graph();
    } catch (TrifocalException e) {
      throw new FileException("%s: %s".formatted(source, e.getMessage()), e);
    }
  }

  private static StrictJson json() {
    return StrictJson.of(
        List.of(
            KindFamily.closed(Layer.class).storing(LearnableInput.class, STORED_LEARNABLE_INPUT),
            KindFamily.closed(ActivationFunction.class),
            KindFamily.open(
                Initializer.class,
                "an initializer",
                List.of(
                    Initializer.Constant.class,
                    Initializer.Normal.class,
                    Initializer.TruncatedNormal.class,
                    Initializer.FanInUniform.class,
                    Initializer.KaimingNormal.class,
                    Initializer.KaimingNormalFanOut.class,
                    Initializer.KaimingUniform.class,
                    Initializer.GlorotNormal.class,
                    Initializer.GlorotUniform.class,
                    Initializer.Orthogonal.class,
                    Initializer.Bilinear.class))));
  }

  /** The content of a file. */
  public record Content(int format, String name, List<Entry> nodes, Map<String, String> outputs) {
    Graph graph() {
      GraphBuilder builder = new GraphBuilder(name);
      Map<String, Value> values = new HashMap<>();
      Set<String> frozen = new HashSet<>();
      for (Entry node : nodes) {
        List<Value> inputs =
            node.inputs.stream().map(input -> value(values, node.path, input)).toList();
        values.put(node.path, builder.node("", node.path, node.layer, inputs));
        if (node.frozen) {
          frozen.add(node.path);
        }
      }
      outputs.forEach(
          (output, path) -> builder.output(output, value(values, "output " + output, path)));
      return builder.graph().freezeNodes(frozen);
    }

    private Value value(Map<String, Value> values, String reader, String path) {
      Value value = values.get(path);
      if (value == null) {
        throw new FileException(
            "%s: %s reads %s, which is not an earlier node".formatted(name, reader, path));
      }
      return value;
    }
  }

  /** A node in a file. */
  public record Entry(String path, Layer layer, List<String> inputs, boolean frozen) {}
}
