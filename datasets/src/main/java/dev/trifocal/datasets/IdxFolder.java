package dev.trifocal.datasets;

import dev.trifocal.download.Download;
import dev.trifocal.download.DownloadException;
import dev.trifocal.download.Downloader;
import dev.trifocal.download.RemoteFile;
import dev.trifocal.download.RetryPolicy;
import dev.trifocal.error.FileException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** The folder with the files of a collection; missing files may be downloaded. */
final class IdxFolder {
  private final Path folder;
  private final Missing missing;

  /** The action for a missing file. */
  private interface Missing {
    Path obtain(IdxName name);
  }

  private IdxFolder(Path folder, Missing missing) {
    this.folder = folder;
    this.missing = missing;
  }

  /**
   * Returns the user's folder, which must be complete, or else the cache, which is filled by
   * downloads.
   *
   * @throws FileException if the user's folder or files in it are missing; the message names all of
   *     them
   */
  static IdxFolder of(IdxCollection collection, DatasetOptions options) {
    return options
        .dataDir()
        .map(folder -> complete(collection, folder))
        .orElseGet(() -> cache(collection, options));
  }

  /**
   * Returns the path of a file, downloading it if necessary.
   *
   * @throws FileException if the file cannot be downloaded, with instructions for manual download
   */
  Path file(IdxName name) {
    return name.in(folder).orElseGet(() -> missing.obtain(name));
  }

  private static IdxFolder complete(IdxCollection collection, Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new FileException(
          "%s: there is no such folder; data-dir must be an existing folder".formatted(folder));
    }
    IdxFolder result =
        new IdxFolder(
            folder,
            name -> {
              throw new FileException(folder.resolve(name.plain()) + ": there is no such file");
            });
    String absent =
        collection
            .files()
            .filter(name -> name.in(folder).isEmpty())
            .map(IdxName::plain)
            .collect(Collectors.joining(", "));
    if (!absent.isEmpty()) {
      throw new FileException(
          "%s: files are missing: %s; %s needs them, gzipped (.gz) or not"
              .formatted(folder, absent, collection.name()));
    }
    return result;
  }

  private static IdxFolder cache(IdxCollection collection, DatasetOptions options) {
    Path folder = options.cacheDir().resolve(collection.name());
    Downloader downloader = new Downloader(RetryPolicy.USUAL, options.progress());
    return new IdxFolder(
        folder,
        name -> {
          Path target = folder.resolve(name.gzipped());
          URI source = collection.host().resolve(name.gzipped());
          try {
            downloader.fetch(Download.of(RemoteFile.of(source), target, name.checksum()));
          } catch (DownloadException e) {
            throw new FileException(unreachable(collection, source, folder, e), e);
          }
          return target;
        });
  }

  private static String unreachable(
      IdxCollection collection, URI source, Path folder, DownloadException problem) {
    return "%s: cannot download %s: %s. Put %s (gzipped or not) into a folder and pass it as data-dir, or put them into %s"
        .formatted(
            collection.name(),
            source,
            problem.getMessage(),
            collection.files().map(IdxName::gzipped).collect(Collectors.joining(", ")),
            folder);
  }
}
