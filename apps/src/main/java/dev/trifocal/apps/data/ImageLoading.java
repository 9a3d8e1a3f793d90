package dev.trifocal.apps.data;

import dev.trifocal.config.ImageSettings;
import dev.trifocal.datasets.augment.AugmentationText;
import dev.trifocal.datasets.folder.Caching;
import dev.trifocal.datasets.folder.FolderOptions;
import dev.trifocal.datasets.folder.ImageOptions;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.image.ImagePreprocessor;
import dev.trifocal.shape.Shape;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * The options for reading image folders, from the settings.
 *
 * @param cacheDir the folder for files that can be recreated
 */
record ImageLoading(ImageSettings settings, Path cacheDir) {
  /**
   * Returns the options.
   *
   * @throws ConfigurationException if the augmentation is invalid
   * @throws dev.trifocal.error.DataException if the crop is larger than the image
   */
  FolderOptions options(Consumer<String> remarks) {
    Shape sample = settings.sample(FolderOptions.usual().images().preprocessor().sample());
    ImagePreprocessor preprocessor = new ImagePreprocessor(settings.preprocessing(sample), sample);
    return new FolderOptions(
        new ImageOptions(preprocessor, AugmentationText.parse(settings.augmentation()), caching()),
        unreadable(),
        remarks);
  }

  private Caching caching() {
    return switch (settings.cache()) {
      case MEMORY -> Caching.memory();
      case DISK -> new Caching.Disk(cacheDir.resolve("pictures"));
      case NONE -> new Caching.None();
    };
  }

  private FolderOptions.Unreadable unreadable() {
    return switch (settings.unreadable()) {
      case SKIP -> FolderOptions.Unreadable.SKIP;
      case REFUSE -> FolderOptions.Unreadable.REFUSE;
    };
  }
}
