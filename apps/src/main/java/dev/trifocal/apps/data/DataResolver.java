package dev.trifocal.apps.data;

import dev.trifocal.apps.terminal.Terminal;
import dev.trifocal.config.ImageSettings;
import dev.trifocal.config.Settings;
import dev.trifocal.data.Splits;
import dev.trifocal.datasets.DatasetOptions;
import dev.trifocal.datasets.DatasetRegistry;
import dev.trifocal.datasets.DatasetSource;
import dev.trifocal.datasets.augment.AugmentationText;
import dev.trifocal.datasets.folder.Caching;
import dev.trifocal.datasets.folder.FolderOptions;
import dev.trifocal.datasets.folder.ImageOptions;
import dev.trifocal.datasets.folder.Labelling;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.image.ImagePreprocessor;
import dev.trifocal.shape.Shape;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;

/** Opens the data that settings name. */
public final class DataResolver {
  private final Terminal terminal;
  private final DatasetRegistry registry;

  @Inject
  DataResolver(Terminal terminal, DatasetRegistry registry) {
    this.terminal = terminal;
    this.registry = registry;
  }

  /** Returns the named data sets. */
  public List<DatasetSource> sources() {
    return registry.sources();
  }

  /**
   * Opens the data.
   *
   * @throws dev.trifocal.error.TrifocalException if the data does not exist or is invalid
   */
  public Splits open(Settings settings) {
    if (settings.images().isMultiLabel() && !isImages(settings)) {
      throw new ConfigurationException(
          "--multi-label is for image folders, but %s is not one".formatted(settings.data()));
    }
    try (DownloadProgress downloads = new DownloadProgress(terminal)) {
      return registry.open(settings.data(), options(settings, downloads));
    }
  }

  /** Returns whether the data is an image folder. */
  public boolean isImages(Settings settings) {
    return registry.isImages(settings.data());
  }

  private DatasetOptions options(Settings settings, DownloadProgress downloads) {
    Path cache = CacheFolder.of(settings, terminal);
    return new DatasetOptions(
        settings.dataDir(),
        cache,
        settings.seed(),
        downloads,
        isImages(settings)
            ? folderOptions(settings.images(), cache)
            : FolderOptions.usual()
                .augmentation(AugmentationText.parse(settings.images().augmentation())));
  }

  /** Returns the options for reading image folders. */
  private FolderOptions folderOptions(ImageSettings settings, Path cache) {
    Shape sample = settings.sample(FolderOptions.usual().images().preprocessor().sample());
    ImagePreprocessor preprocessor = new ImagePreprocessor(settings.preprocessing(sample), sample);
    return new FolderOptions(
        new ImageOptions(
            preprocessor,
            AugmentationText.parse(settings.augmentation()),
            caching(settings, cache)),
        settings.isMultiLabel() ? Labelling.MULTI_LABEL : Labelling.ONE_CLASS,
        settings.maskClasses().map(terminal.directory()::resolve),
        unreadable(settings),
        terminal::remark);
  }

  private static Caching caching(ImageSettings settings, Path cache) {
    return switch (settings.cache()) {
      case MEMORY -> Caching.memory();
      case DISK -> new Caching.Disk(cache.resolve("pictures"));
      case NONE -> new Caching.None();
    };
  }

  private static FolderOptions.Unreadable unreadable(ImageSettings settings) {
    return switch (settings.unreadable()) {
      case SKIP -> FolderOptions.Unreadable.SKIP;
      case REFUSE -> FolderOptions.Unreadable.REFUSE;
    };
  }
}
