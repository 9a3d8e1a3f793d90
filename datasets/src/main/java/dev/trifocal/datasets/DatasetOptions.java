package dev.trifocal.datasets;

import java.nio.file.Path;
import java.util.Optional;

/**
 * @param dataDir where the user has put the files; nothing is downloaded then
 * @param cacheDir where downloads go, in a folder of the data set's name
 * @param seed draws what is random: the digits, the parts of an unsplit array
 * @param progress told of downloads
 */
public record DatasetOptions(
    Optional<Path> dataDir, Path cacheDir, long seed, DownloadListener progress) {}
