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
 * Downloads files whole or not at all. What has arrived lies in {@code <name>.part} until it is
 * complete and passes its check; a later attempt goes on from there. Proxies are those of Java's
 * system properties ({@code https.proxyHost}).
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
   * What a server says of a file without sending it: the headers of the first answer that is no
   * redirect within that server.
   *
   * @param decisive a header with which a redirect within the server is an answer too
   * @throws DownloadException if the server cannot be reached or does not give the file
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
   * Puts the file in its place; does nothing if another process has done so meanwhile.
   *
   * @throws DownloadException if the network or the server fails; what has arrived is kept
   * @throws FileException if the file cannot be written, or another process is at it
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
          // The lock may be on the very file that was moved there: it is left alone.
          Files.deleteIfExists(part);
          return;
        }
        PartFile file = new PartFile(part, channel);
        complete(download, file);
        file.finish();
        // Before the lock is released, so that whoever waits for it finds the target.
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
      // The beginning may be of another file than the rest.
      part.clear();
      transfer.run();
      problem = problem(download, part);
    }
    if (problem.isPresent()) {
      part.clear();
      throw new DownloadException("what arrived is not the file: " + problem.get());
    }
  }

  private static Optional<String> problem(Download download, PartFile part) throws IOException {
    return download.check().isPresent() ? part.problem(download.check().get()) : Optional.empty();
  }

  /** Keeps others out until the channel closes. */
  private static void lock(Path part, FileChannel channel) throws IOException {
    boolean alone;
    try {
      alone = channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      alone = false;
    }
    if (!alone) {
      throw new FileException(part + ": is being downloaded elsewhere; wait until that is done");
    }
  }
}
