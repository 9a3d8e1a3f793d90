package dev.trifocal.datasets;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Serves files on this machine, with ranges, and with the accidents that a test orders. */
final class FileServer implements AutoCloseable {
  private static final String ALL = "all";

  private final HttpServer server;
  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private final Map<String, Integer> breaks = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private volatile boolean ranges = true;

  FileServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  void serve(String name, byte[] content) {
    files.put(name, content);
  }

  void remove(String name) {
    files.remove(name);
  }

  /** The next answer with this file ends after so many bytes. */
  void breakOnceAfter(String name, int bytes) {
    breaks.put(name, bytes);
  }

  void ignoreRanges() {
    ranges = false;
  }

  Set<String> names() {
    return files.keySet();
  }

  byte[] content(String name) {
    return files.get(name);
  }

  /** The ranges asked for, {@code all} where none was. */
  List<String> requests(String name) {
    return requests.stream()
        .filter(request -> request.startsWith(name + " "))
        .map(request -> request.substring(name.length() + 1))
        .toList();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String name = exchange.getRequestURI().getPath().substring(1);
      String range = exchange.getRequestHeaders().getFirst("Range");
      requests.add(name + " " + (range == null ? ALL : range));
      byte[] content = files.get(name);
      if (content == null) {
        exchange.sendResponseHeaders(404, -1);
      } else if (range == null || !ranges) {
        send(exchange, 200, name, content, 0);
      } else {
        int from = Integer.parseInt(range.replaceAll("bytes=([0-9]+)-", "$1"));
        if (from >= content.length) {
          exchange.sendResponseHeaders(416, -1);
        } else {
          exchange
              .getResponseHeaders()
              .set(
                  "Content-Range",
                  "bytes %d-%d/%d".formatted(from, content.length - 1, content.length));
          send(exchange, 206, name, content, from);
        }
      }
    }
  }

  private void send(HttpExchange exchange, int status, String name, byte[] content, int from)
      throws IOException {
    exchange.sendResponseHeaders(status, content.length - from);
    Integer end = breaks.remove(name);
    OutputStream body = exchange.getResponseBody();
    body.write(content, from, end == null ? content.length - from : end);
    body.flush();
  }
}
