package dev.trifocal.download;

import dev.trifocal.error.FileException;
import dev.trifocal.file.FileFailure;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;

/**
 * Downloads files atomically. Received data is kept in {@code <name>.part} until it is complete and
 * verified; a later attempt resumes from there. Proxies are configured by Java's system properties
 * ({@code https.proxyHost}).
 */
public final class Downloader {
  private static final int ERROR = 400;

  private final HttpRequests requests;
  private final DownloadListener listener;

  public Downloader(RetryPolicy retry, DownloadListener listener) {
    this.requests = new HttpRequests(retry);
    this.listener = listener;
  }

  /**
   * Requests a file's headers without its content. Redirects within the server are followed.
   *
   * @param decisive header that, if present in a redirect, ends the search
   * @throws DownloadException if the server cannot be reached or does not serve the file
   */
  public HttpHeaders headers(RemoteFile file, String decisive) throws DownloadException {
    HttpResponse<InputStream> answer =
        requests.send(
            HttpRequests.HEAD,
            file,
            Map.of(),
            redirect ->
                redirect.isLocal() && redirect.answer().headers().firstValue(decisive).isEmpty());
    HttpRequests.close(answer);
    if (answer.statusCode() >= ERROR) {
      throw DownloadException.answered(answer.statusCode(), HttpRequests.wait(answer));
    }
    return answer.headers();
  }

  /**
   * Downloads a file to its target; does nothing if another process has created the target in the
   * meantime.
   *
   * @throws DownloadException if the network or the server fails; received data is kept
   * @throws FileException if the file cannot be written or is being downloaded by another process
   */
  public void fetch(Download download) throws DownloadException {
    Path target = download.target().toAbsolutePath();
    Path part = target.resolveSibling(target.getFileName() + ".part");
    try {
      Files.createDirectories(target.getParent());
      try (FileChannel channel =
          FileChannel.open(
              part, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
        lock(part, channel);
        if (Files.exists(target)) {
          // The locked file may be the one that was moved to the target; leave the target alone.
          Files.deleteIfExists(part);
          return;
        }
        PartFile file = new PartFile(part, channel);
        complete(download, file);
        file.finish();
        // Move before releasing the lock, so that waiting processes find the target.
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
      }
    } catch (IOException e) {
      throw FileFailure.writing(target, e);
    }
    listener.finished(download.name());
  }

  private void complete(Download download, PartFile part) throws IOException, DownloadException {
    if (download.check().isEmpty() && part.version().isEmpty()) {
      part.clear();
    }
    boolean resumed = part.size() > 0;
    if (resumed && download.check().isPresent() && problem(download, part).isEmpty()) {
      return;
    }
    RangeTransfer transfer = new RangeTransfer(requests, listener, download, part);
    transfer.run();
    Optional<String> problem = problem(download, part);
    if (resumed && problem.isPresent()) {
      // The existing part may belong to another version of the file.
      part.clear();
      transfer.run();
      problem = problem(download, part);
    }
    if (problem.isPresent()) {
      part.clear();
      throw new DownloadException("the downloaded file is not the expected one: " + problem.get());
    }
  }

  private static Optional<String> problem(Download download, PartFile part) throws IOException {
    return download.check().isPresent() ? part.problem(download.check().get()) : Optional.empty();
  }

  /** Locks the part file against other downloads until the channel is closed. */
  private static void lock(Path part, FileChannel channel) throws IOException {
    boolean alone;
    try {
      alone = channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      alone = false;
    }
    if (!alone) {
      throw new FileException(
          part + ": is being downloaded by another process; wait until it finishes");
    }
  }
}
