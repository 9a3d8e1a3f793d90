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
 * Graphs as text, {@code graph.json}: nodes with path, layer, inputs, and outputs. Shapes are not
 * kept but inferred anew, so a file cannot contradict itself.
 */
public final class GraphJson {
  /** The version of the format, which a file carries. */
  public static final int FORMAT = 2;

  /** Files of this format know {@link LearnableInput} by its earlier name. */
  public static final String STORED_LEARNABLE_INPUT = "Learned";

  private GraphJson() {}

  /**
   * @throws dev.trifocal.error.ConfigurationException if an initializer of another project cannot
   *     be saved
   */
  public static String write(Graph graph) {
    List<Entry> nodes =
        graph.nodes().stream()
            .map(node -> new Entry(node.path(), node.layer(), node.inputs(), node.frozen()))
            .toList();
    return json().write(new Content(FORMAT, graph.name(), nodes, graph.outputs()));
  }

  /**
   * @param source for messages: the file's name
   * @throws FileException if the text is no graph of this format, or its layers do not fit together
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

  /** The file. */
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
            "%s: %s reads %s, which no earlier node makes".formatted(name, reader, path));
      }
      return value;
    }
  }

  /** A node of the file. */
  public record Entry(String path, Layer layer, List<String> inputs, boolean frozen) {}
}
