package dev.trifocal.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.trifocal.file.Digest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloaderTest {
  private static final byte[] CONTENT = "0123456789".getBytes(StandardCharsets.US_ASCII);
  private static final String SHA_256 =
      "84d89877f0d4041efb6bf91a16f0248f2fd573e6af05c19f96bedb9f882f7882";

  @TempDir Path folder;

  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final Downloader downloader =
      new Downloader(RetryPolicy.USUAL, new DownloadListener() {});
  private HttpServer first;
  private HttpServer second;

  @BeforeEach
  void two_servers_redirect_to_one_another() throws IOException {
    first = server("first");
    second = server("second");
  }

  @AfterEach
  void stop() {
    first.stop(0);
    second.stop(0);
  }

  @Test
  void a_token_that_was_left_behind_does_not_come_back() throws DownloadException {
    RemoteFile file =
        new RemoteFile(address(first, "there-and-back"), Optional.of(new AccessToken("secret")));

    downloader.fetch(Download.of(file, target(), FileCheck.of(Digest.sha256(SHA_256))));

    assertThat(target()).hasBinaryContent(CONTENT);
    assertThat(requests)
        .containsExactly(
            "first /there-and-back Bearer secret -", "second /back - -", "first /file - -");
  }

  @Test
  void a_file_that_came_meanwhile_is_left_as_it_is() throws IOException, DownloadException {
    Files.writeString(target(), "there already");

    downloader.fetch(
        Download.of(
            RemoteFile.of(address(first, "file")), target(), FileCheck.of(Digest.sha256(SHA_256))));

    assertThat(target()).hasContent("there already");
    assertThat(requests).isEmpty();
    assertThat(folder.resolve("file.part")).doesNotExist();
  }

  @Test
  void half_a_file_of_which_nothing_is_known_is_not_continued()
      throws IOException, DownloadException {
    Files.writeString(folder.resolve("file.part"), "abcde");

    downloader.fetch(unknown());

    assertThat(target()).hasBinaryContent(CONTENT);
    assertThat(requests).containsExactly("first /file - -");
  }

  @Test
  void half_a_file_of_a_known_version_is_continued() throws IOException, DownloadException {
    Files.writeString(folder.resolve("file.part"), "01234");
    Files.writeString(folder.resolve("file.part.etag"), "\"v1\"");

    downloader.fetch(unknown());

    assertThat(target()).hasBinaryContent(CONTENT);
    assertThat(requests).containsExactly("first /file - bytes=5-");
    assertThat(folder.resolve("file.part.etag")).doesNotExist();
  }

  @Test
  void half_a_file_of_another_version_is_replaced() throws IOException, DownloadException {
    Files.writeString(folder.resolve("file.part"), "abcde");
    Files.writeString(folder.resolve("file.part.etag"), "\"v0\"");

    downloader.fetch(unknown());

    assertThat(target()).hasBinaryContent(CONTENT);
  }

  @Test
  void a_redirect_that_leads_nowhere_is_told() {
    RemoteFile file = RemoteFile.of(address(first, "nowhere"));

    assertThatThrownBy(
            () ->
                downloader.fetch(Download.of(file, target(), FileCheck.of(Digest.sha256(SHA_256)))))
        .isInstanceOf(DownloadException.class)
        .hasMessage("the server redirects to an invalid address: ''");
  }

  @Test
  void git_names_a_file_by_its_size_and_content() throws IOException {
    // printf 0123456789 | git hash-object --stdin
    FileCheck git =
        FileCheck.of(new Digest(Digest.Kind.GIT_BLOB, "ad471007bd7f5983d273b9584e5629230150fd54"));
    Files.write(target(), CONTENT);

    assertThat(git.problem(Files.newInputStream(target()), CONTENT.length)).isEmpty();
    assertThat(git.problem(Files.newInputStream(target()), 11)).isPresent();
  }

  private Download unknown() {
    return new Download(
        "file",
        RemoteFile.of(address(first, "file")),
        target(),
        OptionalLong.empty(),
        Optional.empty());
  }

  private Path target() {
    return folder.resolve("file");
  }

  private HttpServer server(String name) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            answer(name, exchange);
          }
        });
    server.start();
    return server;
  }

  private void answer(String name, HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String range = header(exchange, "Range");
    requests.add("%s %s %s %s".formatted(name, path, header(exchange, "Authorization"), range));
    switch (path) {
      case "/there-and-back" -> redirect(exchange, address(second, "back").toString());
      case "/back" -> redirect(exchange, address(first, "file").toString());
      case "/nowhere" -> exchange.sendResponseHeaders(302, -1);
      default -> send(exchange, range);
    }
  }

  private static void send(HttpExchange exchange, String range) throws IOException {
    exchange.getResponseHeaders().set("ETag", "\"v1\"");
    boolean partial = range.startsWith("bytes=5") && !header(exchange, "If-Range").equals("\"v0\"");
    int from = partial ? 5 : 0;
    if (partial) {
      exchange.getResponseHeaders().set("Content-Range", "bytes 5-9/10");
    }
    exchange.sendResponseHeaders(partial ? 206 : 200, CONTENT.length - from);
    exchange.getResponseBody().write(CONTENT, from, CONTENT.length - from);
  }

  private static void redirect(HttpExchange exchange, String to) throws IOException {
    exchange.getResponseHeaders().set("Location", to);
    exchange.sendResponseHeaders(302, -1);
  }

  private static String header(HttpExchange exchange, String name) {
    String value = exchange.getRequestHeaders().getFirst(name);
    return value == null ? "-" : value;
  }

  private static URI address(HttpServer server, String path) {
    return URI.create("http://127.0.0.1:%d/%s".formatted(server.getAddress().getPort(), path));
  }
}
