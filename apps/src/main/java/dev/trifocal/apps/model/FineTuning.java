package dev.trifocal.apps.model;

import dev.trifocal.config.ModelSettings;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.graph.Graph;
import dev.trifocal.transfer.ClassifierHead;
import java.util.List;

/** Prepares a network for fine-tuning: attaches a new head and freezes layers. */
public record FineTuning(ModelSettings settings) {
  private static final String HEAD = "head";

  /**
   * Returns the network with a new head after the layer that the settings name, or in place of the
   * last layer with weights, frozen as the settings specify.
   *
   * @param logits a classifier up to its logits
   * @param classes the number of classes of the new head
   * @throws ConfigurationException if a path does not exist, or nothing is left to train
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
   * Returns the graph with the layers frozen that the settings name.
   *
   * @throws ConfigurationException if a path does not exist, or nothing is left to train
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
          "%s: --freeze %s leaves nothing to train; freeze fewer layers or add a new head with --head auto"
              .formatted(graph.name(), String.join(",", prefixes)));
    }
    return frozen;
  }

  private boolean all() {
    return settings.freeze().contains(ModelSettings.ALL);
  }
}
