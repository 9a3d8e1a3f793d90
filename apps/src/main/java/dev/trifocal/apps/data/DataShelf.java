package dev.trifocal.apps.data;

import dev.trifocal.apps.terminal.Terminal;
import dev.trifocal.config.Settings;
import dev.trifocal.data.Splits;
import dev.trifocal.datasets.DatasetOptions;
import dev.trifocal.datasets.DatasetRegistry;
import dev.trifocal.datasets.DatasetSource;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;

/** Opens the data that settings name. */
public final class DataShelf {
  private final Terminal terminal;

  @Inject
  DataShelf(Terminal terminal) {
    this.terminal = terminal;
  }

  /** The data sets that have a name. */
  public List<DatasetSource> sources() {
    return DatasetRegistry.list();
  }

  /**
   * @throws dev.trifocal.error.TrifocalException if there is no such data, or it is bad
   */
  public Splits open(Settings settings) {
    DatasetOptions options =
        new DatasetOptions(
            settings.dataDir(),
            settings.cacheDir().orElseGet(this::usualCache),
            settings.seed(),
            (f, d, t) -> terminal.remark(f));
    return DatasetRegistry.open(settings.data(), options);
  }

  private Path usualCache() {
    return terminal
        .variable("XDG_CACHE_HOME")
        .map(Path::of)
        .orElseGet(() -> Path.of(terminal.properties().get("user.home"), ".cache"))
        .resolve("trifocal");
  }
}
