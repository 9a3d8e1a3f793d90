package dev.trifocal.datasets;

import dev.trifocal.error.FileException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;

/** Appends the rest of a file on a server to a local one. */
final class Transfer {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int OK = 200;
  private static final int PARTIAL = 206;
  private static final int BEYOND_END = 416;

  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(PATIENCE)
          .followRedirects(HttpClient.Redirect.NORMAL)
          .build();
  private final DownloadListener listener;

  Transfer(DownloadListener listener) {
    this.listener = listener;
  }

  /**
   * Gets what {@code part} lacks, and tries again as long as that brings it forward.
   *
   * @throws DownloadException if the server cannot be reached or does not give the file
   * @throws IOException if {@code part} cannot be written
   */
  void run(URI source, FileChannel part) throws IOException, DownloadException {
    boolean complete = false;
    while (!complete) {
      long before = part.size();
      try {
        complete = attempt(source, part);
      } catch (DownloadException e) {
        if (part.size() <= before) {
          throw e;
        }
      }
    }
  }

  /** False if what is here is longer than the file; it is discarded then. */
  private boolean attempt(URI source, FileChannel part) throws IOException, DownloadException {
    long present = part.size();
    HttpResponse<InputStream> response = request(source, present);
    try (InputStream body = response.body()) {
      int status = response.statusCode();
      if (status == BEYOND_END && present > 0) {
        part.truncate(0);
        return false;
      }
      switch (status) {
        case OK -> part.truncate(0);
        case PARTIAL -> requireContinuation(response, present);
        default -> throw new DownloadException("the server answered " + status);
      }
      append(source, response, body, part);
      return true;
    }
  }

  private HttpResponse<InputStream> request(URI source, long present) throws DownloadException {
    HttpRequest.Builder request = HttpRequest.newBuilder(source).timeout(PATIENCE);
    if (present > 0) {
      request.header("Range", "bytes=%d-".formatted(present));
    }
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    } catch (IOException e) {
      throw new DownloadException(reason(source, e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FileException("the download of " + source + " was interrupted", e);
    }
  }

  private static void requireContinuation(HttpResponse<?> response, long present)
      throws DownloadException {
    String range = response.headers().firstValue("Content-Range").orElse("none");
    if (!range.startsWith("bytes " + present + "-")) {
      throw new DownloadException("the server answered with another range: " + range);
    }
  }

  private void append(URI source, HttpResponse<?> response, InputStream body, FileChannel part)
      throws IOException, DownloadException {
    String name = Path.of(source.getPath()).getFileName().toString();
    long received = part.size();
    OptionalLong length = response.headers().firstValueAsLong("Content-Length");
    OptionalLong total =
        length.isPresent() ? OptionalLong.of(received + length.getAsLong()) : length;
    listener.started(name, received, total);
    part.position(received);
    byte[] buffer = new byte[1 << 16];
    for (int count = read(source, body, buffer); count >= 0; count = read(source, body, buffer)) {
      ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, count);
      while (bytes.hasRemaining()) {
        part.write(bytes);
      }
      received += count;
      listener.received(name, received, total);
    }
  }

  private static int read(URI source, InputStream body, byte[] buffer) throws DownloadException {
    try {
      return body.read(buffer);
    } catch (IOException e) {
      throw new DownloadException(reason(source, e), e);
    }
  }

  private static String reason(URI source, IOException problem) {
    if (problem instanceof HttpTimeoutException) {
      return "%s did not answer within %d s".formatted(source.getHost(), PATIENCE.toSeconds());
    }
    for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnresolvedAddressException) {
        return "the network does not know %s (is there one?)".formatted(source.getHost());
      }
    }
    if (problem instanceof ConnectException) {
      return "no connection to " + source.getHost();
    }
    return "the connection broke (%s)".formatted(problem.getMessage());
  }
}
