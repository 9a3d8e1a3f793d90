package dev.trifocal.apps.model;

import dev.trifocal.apps.data.DataResolver;
import dev.trifocal.apps.terminal.Terminal;
import dev.trifocal.config.PreprocessingSettings;
import dev.trifocal.config.Settings;
import dev.trifocal.data.Dataset;
import dev.trifocal.data.Splits;
import dev.trifocal.trainer.TrainingProgress;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Opens a model together with the data to evaluate it on. */
public final class EvaluationLoader {
  private final Terminal terminal;
  private final ModelResolver models;
  private final DataResolver dataResolver;
  private final ImageSettingsResolver imageSettings;

  @Inject
  EvaluationLoader(
      Terminal terminal,
      ModelResolver models,
      DataResolver dataResolver,
      ImageSettingsResolver imageSettings) {
    this.terminal = terminal;
    this.models = models;
    this.dataResolver = dataResolver;
    this.imageSettings = imageSettings;
  }

  /**
   * A model and its data.
   *
   * @param model ends at the scores that are measured; a {@link LoadedModel} if it is a graph
   * @param parts data sets by the name of the split
   */
  public record Opened(RunnableModel model, Map<String, Dataset> parts) {
    public Opened {
      parts = new LinkedHashMap<>(parts);
    }
  }

  /**
   * Opens a model and its data, and prints notes on the choice of the data. Images of a folder are
   * sized and preprocessed as the model or the options specify; other data determines the model's
   * input shape if that is open.
   *
   * @param images the preprocessing that options choose
   * @param split the split to evaluate on; the held-out ones if empty
   * @throws dev.trifocal.error.TrifocalException if the model or the data cannot be opened, or they
   *     do not fit
   */
  public Opened open(
      ModelRequest request,
      PreprocessingSettings images,
      ScoreChoice scores,
      Optional<DataSplit> split) {
    Settings settings = models.settings(request);
    if (dataResolver.isImages(settings)) {
      RunnableModel model =
          models.openAny(request.images(images).ifOpen(ImageSettingsResolver.ifOpen(settings)));
      Splits splits = dataResolver.open(imageSettings.forModel(settings, model));
      return opened(request, measured(model, scores, splits), splits, split);
    }
    Splits splits = dataResolver.open(settings);
    RunnableModel model =
        measured(models.openAny(request.ifOpen(splits.train().sampleShape())), scores, splits);
    Opened opened = opened(request, model, splits, split);
    return model instanceof LoadedModel graph
        ? new Opened(graph.behind(images), opened.parts())
        : opened;
  }

  private Opened opened(
      ModelRequest request, RunnableModel model, Splits splits, Optional<DataSplit> split) {
    EvaluationData data =
        model instanceof LoadedModel graph
            ? EvaluationData.of(
                graph, graph.state().progress(), models.ownData(request), splits, split)
            : EvaluationData.of(model, TrainingProgress.start(), Optional.empty(), splits, split);
    data.notes().forEach(terminal::remark);
    return new Opened(model, data.parts());
  }

  private static RunnableModel measured(RunnableModel model, ScoreChoice scores, Splits splits) {
    return model instanceof LoadedModel graph
        ? graph.measured(scores, splits.train().ignoreIndex())
        : model;
  }
}
