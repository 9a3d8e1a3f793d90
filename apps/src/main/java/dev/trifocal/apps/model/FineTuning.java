package dev.trifocal.apps.model;

import dev.trifocal.config.ModelSettings;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.graph.Graph;
import dev.trifocal.transfer.ClassifierHead;
import java.util.List;

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
      NodePaths.requireNode(logits, "--head", path);
    }
    String name = logits.unusedPath(HEAD);
    Graph body = all() ? logits.freeze() : logits;
    String features = path.isEmpty() ? ClassifierHead.beforeLastWeights(logits) : path;
    Graph whole = new ClassifierHead(classes, 0).on(body, features, name);
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
      prefixes.forEach(prefix -> NodePaths.requirePlace(graph, "--freeze", prefix));
    }
    Graph frozen = all() ? graph.freeze() : graph.freeze(prefixes.toArray(String[]::new));
    if (frozen.trainableShapes().isEmpty()) {
      throw new ConfigurationException(
          "%s: --freeze %s leaves nothing to train; freeze less, or give it a new head: --head auto"
              .formatted(graph.name(), String.join(",", prefixes)));
    }
    return frozen;
  }

  private boolean all() {
    return settings.freeze().contains(ModelSettings.ALL);
  }
}
