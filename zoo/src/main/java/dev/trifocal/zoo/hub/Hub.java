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
 * A model hub with a local cache. A file is downloaded once; later calls need no network and only
 * verify the file.
 *
 * @param address the address of the hub, {@code http} or {@code https}
 * @param cache the folder for downloads
 * @param shared the cache of Hugging Face's own tools, consulted before downloading
 * @param token the access token for restricted files; sent only to the hub
 * @param progress receives download events
 */
public record Hub(
    URI address,
    Path cache,
    Optional<Path> shared,
    Optional<AccessToken> token,
    RetryPolicy retry,
    DownloadListener progress) {
  /** The address of Hugging Face's hub. */
  public static final URI HUGGING_FACE = URI.create("https://huggingface.co");

  public Hub {
    boolean web = address.getScheme() != null && address.getScheme().matches("(?i)https?");
    if (!web || address.getHost() == null) {
      throw new ConfigurationException(
          "hub must be an http or https address, such as %s, but is '%s'"
              .formatted(HUGGING_FACE, address));
    }
  }

  /** Returns a hub without token and progress events, and with default timeouts. */
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
   * Returns Hugging Face's hub, with downloads in {@code ~/.cache/trifocal/hub}. Environment
   * variables are not read.
   */
  public static Hub standard() {
    return of(HUGGING_FACE, Path.of(System.getProperty("user.home"), ".cache", "trifocal", "hub"));
  }

  /**
   * Parses the address of a hub.
   *
   * @throws ConfigurationException if the text is not a valid address
   */
  public static URI address(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw new ConfigurationException("hub is not a valid address: " + e.getMessage(), e);
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

  /** Like {@link #file(HubFile, List)}, without companions. */
  public Path file(HubFile file) {
    return file(file, List.of());
  }

  /**
   * Returns the local path of a file, downloading it if necessary.
   *
   * @param companions files that will be needed too; listed in the message if the download fails
   * @throws FileException if the file cannot be downloaded, with instructions for manual download,
   *     or if its digest is not the expected one
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

  /** Checks the hub's digest against the known one, else against that of the earlier download. */
  private static void requireKnown(HubCache files, HubFile file, RemoteFileInfo statement) {
    Optional<CachedFileRecord> receipt = CachedFileRecord.read(files.receipt(file));
    Optional<String> known = file.sha256().or(() -> receipt.map(CachedFileRecord::sha256));
    Optional<String> stated = statement.sha256();
    if (known.isPresent() && stated.isPresent() && !known.get().equals(stated.get())) {
      throw new FileException(
          "%s: the file on the hub is not the one %s: its SHA-256 is %s, expected %s%s"
              .formatted(
                  file,
                  file.sha256().isPresent() ? "published" : "downloaded before",
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
    return "%s: cannot be downloaded: %s%s. Download it by other means and save %s"
        .formatted(file, problem.getMessage(), meaning(problem), String.join(", and ", wanted));
  }

  private String meaning(DownloadException problem) {
    return switch (problem.status().orElse(0)) {
      case 401, 403 ->
          token.isPresent()
              ? " (the access token does not grant access)"
              : " (it requires an access token or does not exist)";
      case 404 -> " (there is no such file or revision)";
      case 429 -> " (too many requests)";
      default -> "";
    };
  }
}
