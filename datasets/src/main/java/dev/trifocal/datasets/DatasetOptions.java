package dev.trifocal.datasets;

import dev.trifocal.datasets.folder.FolderOptions;
import dev.trifocal.download.DownloadListener;
import java.nio.file.Path;
import java.util.Optional;

/**
 * @param dataDir where the user has put the files; nothing is downloaded then
 * @param cacheDir where downloads go, in a folder of the data set's name
 * @param seed draws what is random: the digits, the parts of an unsplit array or folder
 * @param progress told of downloads
 * @param images how a folder of pictures is read
 */
public record DatasetOptions(
    Optional<Path> dataDir,
    Path cacheDir,
    long seed,
    DownloadListener progress,
    FolderOptions images) {
  /** With the usual way to read a folder of pictures. */
  public DatasetOptions(
      Optional<Path> dataDir, Path cacheDir, long seed, DownloadListener progress) {
    this(dataDir, cacheDir, seed, progress, FolderOptions.usual());
  }
}
