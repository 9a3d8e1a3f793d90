package dev.trifocal.apps.model;

import dev.trifocal.apps.data.CacheFolder;
import dev.trifocal.apps.data.DownloadProgress;
import dev.trifocal.apps.terminal.Terminal;
import dev.trifocal.config.ModelSettings;
import dev.trifocal.config.Settings;
import dev.trifocal.download.AccessToken;
import dev.trifocal.download.DownloadListener;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.graph.Graph;
import dev.trifocal.shape.Shape;
import dev.trifocal.weights.Weights;
import dev.trifocal.zoo.Zoo;
import dev.trifocal.zoo.ZooModel;
import dev.trifocal.zoo.hub.Hub;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Downloads published weights and their class names from the model hub that the settings or the
 * environment name. Follows the hub's conventions: {@code HF_ENDPOINT}, {@code HF_TOKEN}, {@code
 * HF_HOME} and {@code HF_HUB_CACHE}.
 */
public final class PublishedWeightsLoader {
  private final Terminal terminal;

  @Inject
  PublishedWeightsLoader(Terminal terminal) {
    this.terminal = terminal;
  }

  /**
   * Returns the published weights of a model under the model's own names.
   *
   * @param graph the model's graph that the weights are for
   * @throws ConfigurationException if no weights are published for the model, or the graph has
   *     another width or another number of channels
   * @throws dev.trifocal.error.FileException if the weights cannot be downloaded; the message says
   *     which file to put where
   */
  Weights weights(ZooModel model, Graph graph, Settings settings) {
    requirePublished(model);
    if (settings.model().fit() == ModelSettings.WeightMatch.WHOLE) {
      requireAlike(model, settings.model().width(), graph.inputs().get(0).shape());
    }
    try (DownloadProgress view = new DownloadProgress(terminal)) {
      return model.pretrainedWeights(hub(settings, view));
    }
  }

  /** Returns the class names of a model's published weights. */
  List<String> classes(ZooModel model, Settings settings) {
    try (DownloadProgress view = new DownloadProgress(terminal)) {
      return model.pretrainedClasses(hub(settings, view));
    }
  }

  private static void requirePublished(ZooModel model) {
    if (model.hubWeights().isEmpty()) {
      throw new ConfigurationException(
          "%s has no published weights that Trifocal can download; pass a weights file with --weights FILE, or use one of %s"
              .formatted(model.name(), String.join(", ", Zoo.published())));
    }
  }

  /** Checks width and channels before anything is downloaded. */
  private static void requireAlike(ZooModel model, double width, Shape sample) {
    if (width != 1) {
      throw new ConfigurationException(
          "the published weights of %s have width 1; omit --width, or pass a weights file with --weights FILE"
              .formatted(model.name()));
    }
    if (sample.size(0) != model.input().size(0)) {
      throw new ConfigurationException(
          "%s with its published weights takes %s, but the data is %s; omit --channels, use other data, or load only the matching weights with --partial"
              .formatted(model.name(), model.input(), sample));
    }
  }

  private Hub hub(Settings settings, DownloadListener listener) {
    URI address =
        settings
            .hub()
            .or(() -> terminal.variable("HF_ENDPOINT").map(Hub::address))
            .orElse(Hub.HUGGING_FACE);
    return Hub.of(address, CacheFolder.of(settings, terminal).resolve("hub"))
        .shared(Optional.of(shared()))
        .token(terminal.variable("HF_TOKEN").map(AccessToken::new))
        .progress(listener);
  }

  private Path shared() {
    return terminal
        .variable("HF_HUB_CACHE")
        .map(Path::of)
        .orElseGet(
            () ->
                terminal
                    .variable("HF_HOME")
                    .map(Path::of)
                    .orElseGet(() -> CacheFolder.ofUser(terminal).resolve("huggingface"))
                    .resolve("hub"));
  }
}
