package dev.trifocal.apps.model;

import dev.trifocal.config.ModelSettings;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Node;
import dev.trifocal.graph.Value;
import dev.trifocal.layer.Layer;
import java.util.List;
import java.util.function.UnaryOperator;

/** A network made ready to learn something else: a new head, and what stays as it is. */
public record FineTuning(ModelSettings settings) {
  private static final String HEAD = "head";

  /**
   * With a new head of so many classes after {@code path}, or after what the settings name, and
   * frozen where they say so.
   *
   * @param logits a classifier up to its logits
   * @throws ConfigurationException if there is nothing at one of the paths, or nothing is left to
   *     train
   */
  public Graph withHead(Graph logits, int classes) {
    String path = settings.head().filter(p -> !p.equals(ModelSettings.AUTO)).orElse("");
    if (!path.isEmpty()) {
      Paths.requireNode(logits, "--head", path);
    }
    String name = Paths.unused(logits, HEAD);
    Graph body = all() ? logits.freeze() : logits;
    Graph whole =
        body.withHead(path.isEmpty() ? features(logits) : path, v -> v.block(name, head(classes)));
    return all() ? whole : frozen(whole);
  }

  /**
   * Frozen where the settings say so.
   *
   * @throws ConfigurationException if there is nothing at one of the paths, or nothing is left to
   *     train
   */
  public Graph frozen(Graph graph) {
    List<String> prefixes = settings.freeze();
    if (prefixes.isEmpty()) {
      return graph;
    }
    if (!all()) {
      prefixes.forEach(prefix -> Paths.requirePlace(graph, "--freeze", prefix));
    }
    Graph frozen = all() ? graph.freeze() : graph.freeze(prefixes.toArray(String[]::new));
    if (frozen.trainableShapes().isEmpty()) {
      throw new ConfigurationException(
          "%s: --freeze %s leaves nothing to train; freeze less, or give it a new head: --head auto"
              .formatted(graph.name(), String.join(",", prefixes)));
    }
    return frozen;
  }

  /** Where the features are that the last layer with weights reads. */
  public static String features(Graph graph) {
    List<Node> nodes = graph.nodes();
    for (int i = nodes.size() - 1; i >= 0; i--) {
      Node node = nodes.get(i);
      if (node.layer().multiplyAdds(node.inputShapes()) > 0) {
        return node.inputs().get(0);
      }
    }
    throw new ConfigurationException(
        graph.name() + " has no layer with weights that a head could replace; name a --head PATH");
  }

  private boolean all() {
    return settings.freeze().contains(ModelSettings.ALL);
  }

  private static UnaryOperator<Value> head(int classes) {
    return features -> {
      boolean map =
          features.shape().rank() == 3 && features.shape().elements() > features.shape().size(0);
      Value pooled = map ? features.then("pool", Layer.globalAvgPool()) : features;
      Value flat = pooled.shape().rank() == 1 ? pooled : pooled.then("flatten", Layer.flatten());
      return flat.then("fc", Layer.dense(classes));
    };
  }
}
