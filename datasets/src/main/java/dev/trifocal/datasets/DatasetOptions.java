package dev.trifocal.datasets;

import dev.trifocal.datasets.folder.FolderOptions;
import dev.trifocal.download.DownloadListener;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The options for opening a data set.
 *
 * @param dataDir the folder with the user's files; if given, nothing is downloaded
 * @param cacheDir the folder for downloads, each in a subfolder named after the data set
 * @param seed the seed of generated digits and of splits
 * @param progress receives download events
 * @param images the options for reading image folders; the augmentation is also that of MNIST and
 *     similar collections
 */
public record DatasetOptions(
    Optional<Path> dataDir,
    Path cacheDir,
    long seed,
    DownloadListener progress,
    FolderOptions images) {
  /** Creates options with the default way to read image folders. */
  public DatasetOptions(
      Optional<Path> dataDir, Path cacheDir, long seed, DownloadListener progress) {
    this(dataDir, cacheDir, seed, progress, FolderOptions.usual());
  }
}
