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
 * Settles what settings leave to a model: the size of the pictures of a folder, and what they go
 * through. Settings of other data stay as they are.
 */
public final class ImageSettingsResolver {
  private static final int COLOURS = 3;

  private final Terminal terminal;
  private final DataResolver shelf;

  @Inject
  ImageSettingsResolver(Terminal terminal, DataResolver shelf) {
    this.terminal = terminal;
    this.shelf = shelf;
  }

  /**
   * What a model says of its pictures.
   *
   * @param model its name, as it was given
   */
  private record Wish(String model, Shape sample, Optional<Preprocessing> preprocessing) {}

  /**
   * For a training that begins with the model of the settings.
   *
   * @throws dev.trifocal.error.TrifocalException if there is no such data or model, or the model
   *     cannot read pictures of the size that is asked for
   */
  public Settings forTraining(Settings settings) {
    if (!isOpen(settings)) {
      return settings;
    }
    Wish wish = wish(settings);
    requireSize(settings, wish.sample());
    return settled(settings, wish);
  }

  /** For a model that has been opened with {@link #ifOpen}; what it says itself is taken. */
  public Settings forModel(Settings settings, LoadedModel model) {
    if (!shelf.isImages(settings)) {
      return settings;
    }
    Shape own = requireImage(model.name(), model.sample().orElseThrow());
    ImageSettings images = settings.images();
    // A run says what its settings say, unless a flag says otherwise.
    return images.isSettled() && model.preprocessing().isPresent()
        ? settings.images(images.settled(images.sample(own), model.preprocessing().get()))
        : settled(settings, new Wish(model.name(), own, model.preprocessing()));
  }

  /** What a model shall read that leaves it open, so that it fits the pictures. */
  public static Shape ifOpen(Settings settings) {
    ImageSize usual = ImageSize.USUAL;
    return settings.images().sample(Shape.of(COLOURS, usual.height(), usual.width()));
  }

  private static Shape requireImage(String model, Shape sample) {
    if (sample.rank() != 3) {
      throw new DataException(
          "%s reads %s, but pictures are [channels, height, width]; its data is a folder with x.npy and y.npy"
              .formatted(model, sample));
    }
    return sample;
  }

  /** A file that leaves its size open has been read with the one asked for; the zoo draws any. */
  private static void requireSize(Settings settings, Shape own) {
    Shape sample = settings.images().sample(own);
    if (settings.model().isFile() && !sample.equals(own)) {
      throw new ConfigurationException(
          "%s reads pictures of %s and no others, but --size and --channels ask for %s; leave them out, or export the network with open height and width"
              .formatted(settings.model().name(), own, sample));
    }
  }

  private boolean isOpen(Settings settings) {
    return shelf.isImages(settings) && !settings.images().isSettled();
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
        "note: %s does not say how its pictures are prepared; --preprocessing %s is assumed"
            .formatted(model, usual.equals(Preprocessing.UNIT) ? "unit" : "symmetric"));
    return usual;
  }

  /** As much of a picture is cut away at another size. */
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
      return new Wish(
          settings.model().name(),
          requireImage(file.toString(), read.graph().inputs().get(0).shape()),
          ModelMetadata.of(file.toString(), read.facts().metadata()).preprocessing());
    }
    ZooModel model = Zoo.find(settings.model().name());
    return new Wish(settings.model().name(), model.input(), Optional.of(model.preprocessing()));
  }
}
