package dev.trifocal.zoo.hub;

import dev.trifocal.download.AccessToken;
import dev.trifocal.download.Download;
import dev.trifocal.download.DownloadException;
import dev.trifocal.download.DownloadListener;
import dev.trifocal.download.Downloader;
import dev.trifocal.download.RemoteFile;
import dev.trifocal.download.RetryPolicy;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.error.FileException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A model hub and the cache in front of it. A file is downloaded once; later calls need no network
 * and only compare it with what is known of it.
 *
 * @param address {@code http} or {@code https}
 * @param cache folder of downloads
 * @param shared the cache of Hugging Face's own programs, looked into before anything is downloaded
 * @param token for files that not everyone may read; sent to the hub alone
 * @param progress told of downloads
 */
public record Hub(
    URI address,
    Path cache,
    Optional<Path> shared,
    Optional<AccessToken> token,
    RetryPolicy retry,
    DownloadListener progress) {
  /** Hugging Face's. */
  public static final URI HUGGING_FACE = URI.create("https://huggingface.co");

  public Hub {
    boolean web = address.getScheme() != null && address.getScheme().matches("(?i)https?");
    if (!web || address.getHost() == null) {
      throw new ConfigurationException(
          "hub must be the address of a server, such as %s, but is '%s'"
              .formatted(HUGGING_FACE, address));
    }
  }

  /** Without a token, silent, with the usual patience. */
  public static Hub of(URI address, Path cache) {
    return new Hub(
        address,
        cache,
        Optional.empty(),
        Optional.empty(),
        RetryPolicy.USUAL,
        new DownloadListener() {});
  }

  /**
   * Hugging Face's, with downloads in {@code ~/.cache/trifocal/hub}. No environment variable is
   * read.
   */
  public static Hub standard() {
    return of(HUGGING_FACE, Path.of(System.getProperty("user.home"), ".cache", "trifocal", "hub"));
  }

  /**
   * @throws ConfigurationException if the text is no address
   */
  public static URI address(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw new ConfigurationException("hub is no address: " + e.getMessage(), e);
    }
  }

  public Hub shared(Optional<Path> folder) {
    return new Hub(address, cache, folder, token, retry, progress);
  }

  public Hub token(Optional<AccessToken> other) {
    return new Hub(address, cache, shared, other, retry, progress);
  }

  public Hub patience(RetryPolicy other) {
    return new Hub(address, cache, shared, token, other, progress);
  }

  public Hub progress(DownloadListener listener) {
    return new Hub(address, cache, shared, token, retry, listener);
  }

  /** As {@link #file(HubFile, List)}, for a file that is of use alone. */
  public Path file(HubFile file) {
    return file(file, List.of());
  }

  /**
   * The file on this machine; it is downloaded if it is not here yet.
   *
   * @param companions files that will be asked for too; named if this one cannot be had
   * @throws FileException if it cannot be had, with what to put where; or if it is another file
   *     than is known, or than was seen before
   */
  public Path file(HubFile file, List<HubFile> companions) {
    HubCache files = new HubCache(cache);
    return files
        .find(file)
        .or(() -> shared.flatMap(folder -> new HuggingFaceCache(folder).find(file)))
        .orElseGet(() -> downloaded(files, file, companions));
  }

  private Path downloaded(HubCache files, HubFile file, List<HubFile> companions) {
    try {
      Downloader downloader = new Downloader(retry, progress);
      RemoteFileInfo statement =
          RemoteFileInfo.of(downloader.headers(remote(file), RemoteFileInfo.LINKED_ETAG));
      requireKnown(files, file, statement);
      RemoteFile source = remote(file.at(statement.commit().orElse(file.revision())));
      downloader.fetch(
          new Download(
              file.toString(), source, files.place(file), statement.size(), statement.check(file)));
      files.note(file, source.address().toString(), statement.commit());
      return files.place(file);
    } catch (DownloadException e) {
      throw new FileException(unavailable(files, file, companions, e), e);
    }
  }

  /** What is known for certain, else what was seen before, must be what the hub has. */
  private static void requireKnown(HubCache files, HubFile file, RemoteFileInfo statement) {
    Optional<CachedFileRecord> receipt = CachedFileRecord.read(files.receipt(file));
    Optional<String> known = file.sha256().or(() -> receipt.map(CachedFileRecord::sha256));
    Optional<String> stated = statement.sha256();
    if (known.isPresent() && stated.isPresent() && !known.get().equals(stated.get())) {
      throw new FileException(
          "%s: the hub now has another file than %s: it states the SHA-256 %s, expected %s%s"
              .formatted(
                  file,
                  file.sha256().isPresent() ? "is known" : "it had before",
                  stated.get(),
                  known.get(),
                  file.sha256().isPresent()
                      ? ""
                      : "; delete %s to accept it".formatted(files.receipt(file))));
    }
  }

  private RemoteFile remote(HubFile file) {
    String base = address.toString().replaceFirst("/+$", "");
    return new RemoteFile(URI.create(base + "/" + file.path()), token);
  }

  private String unavailable(
      HubCache files, HubFile file, List<HubFile> companions, DownloadException problem) {
    List<String> wanted = new ArrayList<>();
    wanted.add("%s as %s".formatted(remote(file).address(), files.place(file)));
    companions.stream()
        .filter(other -> files.find(other).isEmpty())
        .map(other -> "%s as %s".formatted(remote(other).address(), files.place(other)))
        .forEach(wanted::add);
    return "%s: cannot be downloaded: %s%s. Get it elsewhere and save %s"
        .formatted(file, problem.getMessage(), meaning(problem), String.join(", and ", wanted));
  }

  private String meaning(DownloadException problem) {
    return switch (problem.status().orElse(0)) {
      case 401, 403 ->
          token.isPresent()
              ? " (the access token does not open it)"
              : " (it is open to those with an access token only, or is not there)";
      case 404 -> " (there is no such file or revision)";
      case 429 -> " (too many requests)";
      default -> "";
    };
  }
}
