package dev.trifocal.zoo.hub;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/**
 * A hub on this machine that answers as Hugging Face's does: it states commit, size and digest and
 * redirects large files to a second server, which knows ranges; small files are redirected within
 * the server. Accidents happen as a test orders them.
 */
public final class HubServer implements AutoCloseable {
  public static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final HttpServer hub = start(this::hub);
  private final HttpServer content = start(this::content);
  private final Map<String, byte[]> large = new ConcurrentHashMap<>();
  private final Map<String, byte[]> small = new ConcurrentHashMap<>();
  private final Map<String, String> renamed = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final Deque<Map.Entry<Integer, String>> refusals = new ArrayDeque<>();
  private final Deque<Integer> breaks = new ArrayDeque<>();
  private volatile UnaryOperator<byte[]> damage = bytes -> bytes;
  private volatile Optional<Long> statedSize = Optional.empty();
  private volatile int silentAfter = Integer.MAX_VALUE;

  public URI address() {
    return address(hub);
  }

  /** A file as the hub keeps large ones. */
  public void large(String repository, String name, byte[] bytes) {
    large.put("/" + repository + "/" + name, bytes);
  }

  /** A file as the hub keeps small ones. */
  public void small(String repository, String name, byte[] bytes) {
    small.put("/" + repository + "/" + name, bytes);
  }

  void rename(String from, String to) {
    renamed.put("/" + from, "/" + to);
  }

  /** The next answer of the hub, instead of the one it would give. */
  void refuse(int status, String retryAfter) {
    refusals.add(Map.entry(status, retryAfter));
  }

  /** The next answer with a large file ends after so many bytes. */
  void breakAfter(int bytes) {
    breaks.add(bytes);
  }

  void damage(UnaryOperator<byte[]> change) {
    damage = change;
  }

  void stateSize(long bytes) {
    statedSize = Optional.of(bytes);
  }

  /** Large files stop coming after so many bytes, but the connection stays open. */
  void fallSilentAfter(int bytes) {
    silentAfter = bytes;
  }

  /** {@code <server> <method> <path> <range> <if-range> <authorization>}; absent headers are -. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  @Override
  public void close() {
    closed.countDown();
    hub.stop(0);
    content.stop(0);
    threads.shutdownNow();
  }

  private void hub(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    note("hub", exchange);
    Headers headers = exchange.getResponseHeaders();
    if (!refusals.isEmpty()) {
      Map.Entry<Integer, String> refusal = refusals.remove();
      if (!refusal.getValue().isEmpty()) {
        headers.set("Retry-After", refusal.getValue());
      }
      exchange.sendResponseHeaders(refusal.getKey(), -1);
      return;
    }
    if (path.startsWith("/loop")) {
      redirect(exchange, 302, "/loop/resolve/main/again");
      return;
    }
    if (path.startsWith("/api/resolve-cache")) {
      byte[] bytes = small.get(path.substring("/api/resolve-cache".length()));
      headers.set("X-Repo-Commit", COMMIT);
      headers.set("ETag", "\"" + gitName(bytes) + "\"");
      send(exchange, 200, damage.apply(bytes), 0);
      return;
    }
    String repository = path.replaceFirst("/resolve/.*", "");
    if (renamed.containsKey(repository)) {
      redirect(exchange, 307, path.replace(repository, renamed.get(repository)));
      return;
    }
    String key = path.replaceFirst("/resolve/[^/]+", "");
    if (small.containsKey(key)) {
      redirect(exchange, 307, "/api/resolve-cache" + key);
    } else if (large.containsKey(key)) {
      byte[] bytes = large.get(key);
      headers.set("X-Repo-Commit", COMMIT);
      headers.set("X-Linked-Size", String.valueOf(statedSize.orElse((long) bytes.length)));
      headers.set("X-Linked-ETag", "\"" + sha256(bytes) + "\"");
      redirect(exchange, 302, address(content) + "large" + key + "?signature=a%2Fb%3D");
    } else {
      exchange.sendResponseHeaders(404, -1);
    }
  }

  private void content(HttpExchange exchange) throws IOException {
    note("content", exchange);
    byte[] bytes =
        damage.apply(large.get(exchange.getRequestURI().getPath().substring("/large".length())));
    String etag = "\"" + sha256(bytes) + "\"";
    exchange.getResponseHeaders().set("ETag", etag);
    String range = exchange.getRequestHeaders().getFirst("Range");
    String ifRange = exchange.getRequestHeaders().getFirst("If-Range");
    if (range == null || ifRange != null && !ifRange.equals(etag)) {
      send(exchange, 200, bytes, 0);
      return;
    }
    int from = Integer.parseInt(range.replaceAll("bytes=([0-9]+)-", "$1"));
    exchange
        .getResponseHeaders()
        .set("Content-Range", "bytes %d-%d/%d".formatted(from, bytes.length - 1, bytes.length));
    send(exchange, 206, bytes, from);
  }

  private void send(HttpExchange exchange, int status, byte[] bytes, int from) throws IOException {
    boolean head = exchange.getRequestMethod().equals("HEAD");
    if (head) {
      exchange.getResponseHeaders().set("Content-Length", String.valueOf(bytes.length));
    }
    exchange.sendResponseHeaders(status, head ? -1 : bytes.length - from);
    if (head) {
      return;
    }
    OutputStream body = exchange.getResponseBody();
    int end = Math.min(bytes.length - from, silentAfter);
    if (!breaks.isEmpty()) {
      end = breaks.remove();
    }
    body.write(bytes, from, end);
    body.flush();
    if (silentAfter < bytes.length) {
      try {
        closed.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static void redirect(HttpExchange exchange, int status, String to) throws IOException {
    exchange.getResponseHeaders().set("Location", to);
    exchange.sendResponseHeaders(status, -1);
  }

  private void note(String server, HttpExchange exchange) {
    Headers headers = exchange.getRequestHeaders();
    requests.add(
        String.join(
            " ",
            server,
            exchange.getRequestMethod(),
            exchange.getRequestURI().getPath(),
            headers.getOrDefault("Range", List.of("-")).get(0),
            headers.getOrDefault("If-Range", List.of("-")).get(0),
            headers.getOrDefault("Authorization", List.of("-")).get(0)));
  }

  /** What answers a request. */
  private interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  private HttpServer start(Answer answer) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.setExecutor(threads);
      server.createContext(
          "/",
          exchange -> {
            try (exchange) {
              answer.to(exchange);
            }
          });
      server.start();
      return server;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static URI address(HttpServer server) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  public static String sha256(byte[] bytes) {
    return digest("SHA-256", bytes);
  }

  static String gitName(byte[] bytes) {
    ByteArrayOutputStream blob = new ByteArrayOutputStream();
    blob.writeBytes(("blob " + bytes.length + "\0").getBytes(StandardCharsets.UTF_8));
    blob.writeBytes(bytes);
    return digest("SHA-1", blob.toByteArray());
  }

  private static String digest(String algorithm, byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
