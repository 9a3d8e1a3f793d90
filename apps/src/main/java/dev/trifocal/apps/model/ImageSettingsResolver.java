package dev.trifocal.apps.model;

import dev.trifocal.apps.data.DataResolver;
import dev.trifocal.apps.terminal.Terminal;
import dev.trifocal.config.ImageSettings;
import dev.trifocal.config.ImageSize;
import dev.trifocal.config.PreprocessingSettings;
import dev.trifocal.config.Settings;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.error.DataException;
import dev.trifocal.image.Preprocessing;
import dev.trifocal.onnx.ModelMetadata;
import dev.trifocal.onnx.importer.ImportOptions;
import dev.trifocal.onnx.importer.ImportedGraph;
import dev.trifocal.shape.Shape;
import dev.trifocal.zoo.Zoo;
import dev.trifocal.zoo.ZooModel;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Resolves the image settings that depend on the model: size and preprocessing of the images of a
 * folder. Settings for other data are left unchanged.
 */
public final class ImageSettingsResolver {
  private static final int COLOURS = 3;

  private final Terminal terminal;
  private final DataResolver dataResolver;

  @Inject
  ImageSettingsResolver(Terminal terminal, DataResolver dataResolver) {
    this.terminal = terminal;
    this.dataResolver = dataResolver;
  }

  /**
   * The image size and preprocessing that a model asks for.
   *
   * @param model the model as the user named it
   */
  private record Wish(String model, Shape sample, Optional<Preprocessing> preprocessing) {}

  /**
   * Resolves the settings of a training run that starts from the model of the settings.
   *
   * @throws dev.trifocal.error.TrifocalException if the data or model does not exist, or the model
   *     does not accept images of the requested size
   */
  public Settings forTraining(Settings settings) {
    if (!isOpen(settings)) {
      return settings;
    }
    Wish wish = wish(settings);
    requireSize(settings, wish.sample());
    return settled(settings, wish);
  }

  /** Resolves the settings for a model opened with {@link #ifOpen}; its own preprocessing wins. */
  public Settings forModel(Settings settings, RunnableModel model) {
    if (!dataResolver.isImages(settings)) {
      return settings;
    }
    Shape own = requireImage(model.name(), model.image().orElseGet(() -> ifOpen(settings)));
    ImageSettings images = settings.images();
    // A run's preprocessing is that of its settings, unless an option overrides it.
    return images.isSettled() && model.preprocessing().isPresent()
        ? settings.images(images.settled(images.sample(own), model.preprocessing().get()))
        : settled(settings, new Wish(model.name(), own, model.preprocessing()));
  }

  /** Returns the shape of one sample for models with dynamic sizes, so that they fit the images. */
  public static Shape ifOpen(Settings settings) {
    ImageSize usual = ImageSize.USUAL;
    return settings.images().sample(Shape.of(COLOURS, usual.height(), usual.width()));
  }

  private static Shape requireImage(String model, Shape sample) {
    if (sample.rank() != 3) {
      throw new DataException(
          "%s takes %s, but images are [channels, height, width]; use a folder with x.npy and y.npy as its data"
              .formatted(model, sample));
    }
    return sample;
  }

  /** Checks the size of an ONNX file, which was read for the requested size if it is dynamic. */
  private static void requireSize(Settings settings, Shape own) {
    Shape sample = settings.images().sample(own);
    if (settings.model().isFile() && !sample.equals(own)) {
      throw new ConfigurationException(
          "%s only takes images of %s, but --size and --channels request %s; omit these options, or export the network with dynamic height and width"
              .formatted(settings.model().name(), own, sample));
    }
  }

  private boolean isOpen(Settings settings) {
    return dataResolver.isImages(settings) && !settings.images().isSettled();
  }

  private Settings settled(Settings settings, Wish wish) {
    ImageSettings images = settings.images();
    Shape own = wish.sample();
    Shape sample = images.sample(own);
    Optional<Preprocessing> known =
        wish.preprocessing().map(preprocessing -> scaled(preprocessing, own, sample));
    Preprocessing preprocessing =
        images.preprocessing().over(known, sample).orElseGet(() -> assumed(wish.model(), sample));
    return settings.images(images.settled(sample, preprocessing));
  }

  private Preprocessing assumed(String model, Shape sample) {
    Preprocessing usual = PreprocessingSettings.usual(sample);
    terminal.remark(
        "note: %s does not specify its preprocessing; assuming --preprocessing %s"
            .formatted(model, usual.equals(Preprocessing.UNIT) ? "unit" : "symmetric"));
    return usual;
  }

  /** Scales the shorter side with the size, so that the crop keeps the same part of an image. */
  private static Preprocessing scaled(Preprocessing preprocessing, Shape own, Shape sample) {
    int before = Math.max(own.size(1), own.size(2));
    int now = Math.max(sample.size(1), sample.size(2));
    return preprocessing.shorterSide(
        (int) Math.ceil((double) preprocessing.shorterSide() * now / before));
  }

  private Wish wish(Settings settings) {
    if (settings.model().isFile()) {
      Path file = Path.of(settings.model().name());
      ImportedGraph read =
          ImportedFiles.graph(file, ImportOptions.DEFAULT.ifOpen(ifOpen(settings)));
      ModelMetadata own = ModelMetadata.of(file.toString(), read.facts().metadata());
      MetadataNotes.print(terminal, own, file);
      return new Wish(
          settings.model().name(),
          requireImage(file.toString(), read.graph().inputs().get(0).shape()),
          own.completed(file).preprocessing());
    }
    ZooModel model = Zoo.find(settings.model().name());
    return new Wish(settings.model().name(), model.input(), Optional.of(model.preprocessing()));
  }
}
