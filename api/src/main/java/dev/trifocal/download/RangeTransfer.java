package dev.trifocal.download;

import dev.trifocal.error.FileException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/** Downloads the missing rest of a file and appends it to the part file. */
final class RangeTransfer {
  private static final int OK = 200;
  private static final int PARTIAL = 206;
  private static final int BEYOND_END = 416;

  private final HttpRequests requests;
  private final DownloadListener listener;
  private final Download download;
  private final PartFile part;

  RangeTransfer(
      HttpRequests requests, DownloadListener listener, Download download, PartFile part) {
    this.requests = requests;
    this.listener = listener;
    this.download = download;
    this.part = part;
  }

  /**
   * Downloads the missing rest, retrying as long as attempts make progress. Timeouts are limited to
   * the number of retries.
   *
   * @throws DownloadException if the server cannot be reached or does not serve the file
   * @throws IOException if the part file cannot be written
   */
  void run() throws IOException, DownloadException {
    boolean complete = false;
    int silences = 0;
    while (!complete) {
      long before = part.size();
      try {
        complete = attempt();
      } catch (DownloadException e) {
        silences += e.getCause() instanceof HttpTimeoutException ? 1 : 0;
        if (part.size() <= before || silences > requests.patience().retries()) {
          throw e;
        }
      }
    }
  }

  /** Returns false if the part is longer than the file; the part is then discarded. */
  private boolean attempt() throws IOException, DownloadException {
    long present = part.size();
    HttpResponse<InputStream> answer =
        requests.send(HttpRequests.GET, download.source(), range(present), redirect -> true);
    try (InputStream body = answer.body()) {
      int status = answer.statusCode();
      if (status == BEYOND_END && present > 0) {
        part.clear();
        return false;
      }
      switch (status) {
        case OK -> part.begin(answer.headers().firstValue("ETag").filter(tag -> isStrong(tag)));
        case PARTIAL -> requireContinuation(answer, present);
        default -> throw DownloadException.answered(status, HttpRequests.wait(answer));
      }
      append(answer, body);
      return true;
    }
  }

  /** Returns headers that request the rest of the file, or the whole file if it has changed. */
  private Map<String, String> range(long present) throws IOException {
    Map<String, String> headers = new LinkedHashMap<>();
    if (present > 0) {
      headers.put("Range", "bytes=%s-".formatted(present));
      part.version().ifPresent(version -> headers.put("If-Range", version));
    }
    return headers;
  }

  private static boolean isStrong(String etag) {
    return etag.startsWith("\"");
  }

  private static void requireContinuation(HttpResponse<?> answer, long present)
      throws DownloadException {
    String range = answer.headers().firstValue("Content-Range").orElse("none");
    if (present == 0 || !range.startsWith("bytes " + present + "-")) {
      throw new DownloadException("the server returned an unexpected range: " + range);
    }
  }

  private void append(HttpResponse<?> answer, InputStream body)
      throws IOException, DownloadException {
    String name = download.name();
    long received = part.size();
    OptionalLong length = answer.headers().firstValueAsLong("Content-Length");
    OptionalLong total =
        length.isPresent() ? OptionalLong.of(received + length.getAsLong()) : download.size();
    requireRoom(download.size().orElse(total.orElse(0)) - received);
    requireSize(total.orElse(download.size().orElse(0)));
    listener.started(name, received, total);
    byte[] buffer = new byte[1 << 16];
    for (int count = read(body, buffer); count >= 0; count = read(body, buffer)) {
      part.append(ByteBuffer.wrap(buffer, 0, count));
      received += count;
      listener.received(name, received, total);
      if (received > download.size().orElse(Long.MAX_VALUE)) {
        requireSize(received);
      }
    }
    requireSize(received);
  }

  private void requireSize(long bytes) throws IOException, DownloadException {
    if (download.size().isPresent() && download.size().getAsLong() != bytes) {
      part.clear();
      throw new DownloadException(
          "the file on the server is not the expected one: it has %,d bytes, expected %,d"
              .formatted(bytes, download.size().getAsLong()));
    }
  }

  private void requireRoom(long bytes) throws IOException {
    Path folder = download.target().toAbsolutePath().getParent();
    long free = Files.getFileStore(folder).getUsableSpace();
    if (bytes > free) {
      throw new FileException(
          "%s: has room for %,d more bytes, but %s needs %,d; make room or choose another folder"
              .formatted(folder, free, download.name(), bytes));
    }
  }

  private int read(InputStream body, byte[] buffer) throws DownloadException {
    try {
      return body.read(buffer);
    } catch (IOException e) {
      URI source = download.source().address();
      throw new DownloadException(requests.reason(source, e), e);
    }
  }
}
