package dev.trifocal.apps.data;

import dev.trifocal.apps.terminal.Terminal;
import dev.trifocal.config.Settings;
import dev.trifocal.data.Splits;
import dev.trifocal.datasets.DatasetOptions;
import dev.trifocal.datasets.DatasetRegistry;
import dev.trifocal.datasets.DatasetSource;
import dev.trifocal.datasets.folder.FolderOptions;
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
            ? new ImageLoading(settings.images(), cache).options(terminal::remark)
            : FolderOptions.usual());
  }
}
