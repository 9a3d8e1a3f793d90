package dev.trifocal.zoo.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.download.AccessToken;
import dev.trifocal.download.DownloadListener;
import dev.trifocal.download.RetryPolicy;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.error.FileException;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class HubTest {
  private static final String REPOSITORY = "timm/net.tv_in1k";
  private static final String NAME = "model.safetensors";
  private static final byte[] CONTENT = bytes(300_000, 1);
  private static final byte[] OTHER = bytes(300_000, 2);
  private static final HubFile FILE = file("main", Optional.empty());
  private static final HubFile NAMES =
      new HubFile("datasets/hub/label-files", "main", "labels.json", Optional.empty());
  private static final RetryPolicy SHORT = patience(Duration.ofMillis(500));

  @TempDir Path folder;

  private HubServer server;

  @BeforeEach
  void a_hub_has_the_file() {
    server = new HubServer();
    server.large(REPOSITORY, NAME, CONTENT);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void a_large_file_comes_from_the_server_that_the_hub_redirects_to_and_stays() {
    Path path = hub().file(FILE);

    assertThat(path).isEqualTo(place()).hasBinaryContent(CONTENT);
    assertThat(server.requests())
        .containsExactly(
            "hub HEAD /timm/net.tv_in1k/resolve/main/model.safetensors - - -",
            "hub GET /timm/net.tv_in1k/resolve/%s/model.safetensors - - -"
                .formatted(HubServer.COMMIT),
            "content GET /large/timm/net.tv_in1k/model.safetensors - - -");
    server.close();
    assertThat(hub().file(FILE)).isEqualTo(path);
  }

  @Test
  void nothing_lies_beside_the_file_but_its_receipt() throws IOException {
    hub().file(FILE);

    try (Stream<Path> files = Files.list(place().getParent())) {
      assertThat(files.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder(NAME, NAME + ".json");
    }
    assertThat(receipt())
        .content()
        .contains(HubServer.sha256(CONTENT), HubServer.COMMIT, server.address().toString());
  }

  @Test
  void progress_is_told_from_start_to_finish() {
    List<String> events = new ArrayList<>();
    DownloadListener listener =
        new DownloadListener() {
          @Override
          public void started(String file, long present, OptionalLong total) {
            events.add("started %s %d of %d".formatted(file, present, total.orElse(-1)));
          }

          @Override
          public void received(String file, long received, OptionalLong total) {
            if (received == total.orElse(-1)) {
              events.add("received all");
            }
          }

          @Override
          public void finished(String file) {
            events.add("finished " + file);
          }
        };

    hub().progress(listener).file(FILE);

    assertThat(events)
        .containsExactly(
            "started timm/net.tv_in1k/model.safetensors 0 of 300000",
            "received all",
            "finished timm/net.tv_in1k/model.safetensors");
  }

  @Test
  void a_small_file_is_held_to_its_name_in_git() {
    byte[] labels = "{\"0\": \"tench\"}".getBytes(StandardCharsets.UTF_8);
    server.small("datasets/hub/label-files", "labels.json", labels);
    assertThat(hub().file(NAMES)).hasBinaryContent(labels);

    server.small("datasets/hub/label-files", "more.json", labels);
    server.damage(bytes -> new byte[bytes.length]);
    HubFile more = new HubFile(NAMES.repository(), "main", "more.json", Optional.empty());
    assertThatThrownBy(() -> hub().file(more))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("the downloaded file is not the expected one: its SHA-1 is ")
        .hasMessageContaining("expected " + HubServer.gitName(labels));
  }

  @Test
  void a_repository_that_was_renamed_is_followed() {
    server.rename("old/name", REPOSITORY);

    assertThat(hub().file(new HubFile("old/name", "main", NAME, Optional.empty())))
        .hasBinaryContent(CONTENT);
  }

  @Test
  void the_token_goes_to_the_hub_and_to_nobody_else() {
    hub().token(Optional.of(new AccessToken("secret"))).file(FILE);

    assertThat(server.requests())
        .filteredOn(request -> request.startsWith("hub "))
        .hasSize(2)
        .allMatch(request -> request.endsWith(" Bearer secret"));
    assertThat(server.requests())
        .filteredOn(request -> request.startsWith("content "))
        .hasSize(1)
        .allMatch(request -> request.endsWith(" -"));
  }

  @Test
  void no_text_of_a_hub_shows_the_token() {
    assertThat(hub().token(Optional.of(new AccessToken("secret"))).toString())
        .doesNotContain("secret");
  }

  @Test
  void a_connection_that_breaks_is_taken_up_for_the_same_version_of_the_file() {
    server.breakAfter(100_000);

    assertThat(hub().file(FILE)).hasBinaryContent(CONTENT);
    assertThat(server.requests())
        .last()
        .asString()
        .endsWith(" bytes=100000- \"%s\" -".formatted(HubServer.sha256(CONTENT)));
  }

  @Test
  void a_later_call_goes_on_with_half_a_file() {
    server.breakAfter(100_000);
    server.breakAfter(0);
    assertThatThrownBy(() -> hub().file(FILE))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("the connection was lost");
    assertThat(place()).doesNotExist();

    assertThat(hub().file(FILE)).hasBinaryContent(CONTENT);
    assertThat(server.requests()).last().asString().contains(" bytes=100000- ");
  }

  @Test
  void half_a_file_of_an_older_version_is_not_continued() {
    server.breakAfter(100_000);
    server.breakAfter(0);
    assertThatThrownBy(() -> hub().file(FILE)).isInstanceOf(FileException.class);
    server.large(REPOSITORY, NAME, OTHER);

    assertThat(hub().file(FILE)).hasBinaryContent(OTHER);
  }

  @Test
  void what_is_not_what_the_hub_states_never_reaches_its_place() {
    server.damage(bytes -> OTHER);

    assertThatThrownBy(() -> hub().file(FILE))
        .isInstanceOf(FileException.class)
        .hasMessageContaining(
            "the downloaded file is not the expected one: its SHA-256 is %s, expected %s",
            HubServer.sha256(OTHER), HubServer.sha256(CONTENT));
    assertThat(place()).doesNotExist();
    assertThat(receipt()).doesNotExist();
  }

  @Test
  void a_file_of_another_size_is_refused_before_it_is_there() {
    server.damage(bytes -> Arrays.copyOf(bytes, 299_999));

    assertThatThrownBy(() -> hub().file(FILE))
        .isInstanceOf(FileException.class)
        .hasMessageContaining(
            "the file on the server is not the expected one: it has 299,999 bytes, expected 300,000");
    assertThat(place()).doesNotExist();
  }

  @Test
  void a_known_digest_wins_over_what_the_hub_states() {
    HubFile known = file("main", Optional.of(HubServer.sha256(OTHER)));

    assertThatThrownBy(() -> hub().file(known))
        .isInstanceOf(FileException.class)
        .hasMessage(
            "timm/net.tv_in1k/model.safetensors: the file on the hub is not the one published: its"
                + " SHA-256 is %s, expected %s",
            HubServer.sha256(CONTENT), HubServer.sha256(OTHER));
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void a_file_that_was_put_there_by_hand_is_taken_and_remembered() throws IOException {
    put(CONTENT);
    server.close();

    assertThat(hub().file(FILE)).isEqualTo(place());
    put(OTHER);
    assertThatThrownBy(() -> hub().file(FILE))
        .isInstanceOf(FileException.class)
        .hasMessage(
            "%s: is not timm/net.tv_in1k/model.safetensors as first seen: its SHA-256 is %s,"
                + " expected %s; delete or move the file to download it again",
            place(), HubServer.sha256(OTHER), HubServer.sha256(CONTENT));
    assertThat(place()).hasBinaryContent(OTHER);
  }

  @Test
  void a_file_that_was_put_there_by_hand_must_have_the_known_digest() throws IOException {
    put(CONTENT);
    HubFile known = file("main", Optional.of(HubServer.sha256(OTHER)));

    assertThatThrownBy(() -> hub().file(known))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("as published: its SHA-256 is " + HubServer.sha256(CONTENT));
  }

  @Test
  void a_hub_that_has_another_file_than_before_is_told_until_that_is_accepted() throws IOException {
    hub().file(FILE);
    Files.delete(place());
    server.large(REPOSITORY, NAME, OTHER);

    assertThatThrownBy(() -> hub().file(FILE))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("the file on the hub is not the one downloaded before")
        .hasMessageEndingWith("; delete %s to accept it", receipt());
    Files.delete(receipt());
    assertThat(hub().file(FILE)).hasBinaryContent(OTHER);
  }

  @Test
  void the_cache_of_other_programs_is_used_where_its_content_is_right() throws IOException {
    server.close();
    Path shared = folder.resolve("huggingface/hub");
    Path repository = shared.resolve("models--timm--net.tv_in1k");
    Path blob = repository.resolve("blobs").resolve(HubServer.sha256(CONTENT));
    Path link = repository.resolve("snapshots").resolve(HubServer.COMMIT).resolve(NAME);
    Files.createDirectories(blob.getParent());
    Files.createDirectories(link.getParent());
    Files.createDirectories(repository.resolve("refs"));
    Files.writeString(repository.resolve("refs/main"), HubServer.COMMIT);
    Files.write(blob, CONTENT);
    Files.createSymbolicLink(link, blob);

    assertThat(hub().shared(Optional.of(shared)).file(FILE)).hasBinaryContent(CONTENT);
    assertThat(place()).doesNotExist();
    Files.write(blob, OTHER);
    assertThatThrownBy(() -> hub().shared(Optional.of(shared)).file(FILE))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("cannot be downloaded");
  }

  @ParameterizedTest
  @CsvSource({
    "401, the server responded with status 401 (it requires an access token or does not exist)",
    "403, the server responded with status 403 (it requires an access token or does not exist)",
    "404, the server responded with status 404 (there is no such file or revision)",
    "418, the server responded with status 418"
  })
  void a_refusal_is_told_with_what_it_means(int status, String words) {
    server.refuse(status, "");

    assertThatThrownBy(() -> hub().file(FILE))
        .isInstanceOf(FileException.class)
        .hasMessageStartingWith(
            "timm/net.tv_in1k/model.safetensors: cannot be downloaded: "
                + words
                + ". Download it by other means and save ");
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void a_token_that_does_not_open_the_file_is_told() {
    server.refuse(403, "");

    assertThatThrownBy(() -> hub().token(Optional.of(new AccessToken("secret"))).file(FILE))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("403 (the access token does not grant access)")
        .hasMessageNotContaining("secret");
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 502, 503, 504})
  void a_hub_that_cannot_answer_now_is_asked_again(int status) {
    server.refuse(status, "");
    server.refuse(status, "0");
    server.refuse(status, "");

    assertThat(hub().file(FILE)).hasBinaryContent(CONTENT);
  }

  @Test
  void a_hub_that_stays_busy_is_given_up() {
    IntStream.range(0, 4).forEach(i -> server.refuse(503, ""));

    assertThatThrownBy(() -> hub().file(FILE))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("the server responded with status 503.");
    assertThat(server.requests()).hasSize(4);
  }

  @Test
  void a_hub_that_asks_for_a_long_wait_is_not_waited_for() {
    server.refuse(429, "3600");

    assertThatThrownBy(() -> hub().file(FILE))
        .isInstanceOf(FileException.class)
        .hasMessageContaining(
            "the server responded with status 429 and asks to wait 3600 s (too many requests)");
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void a_server_that_falls_silent_in_mid_file_is_given_up() {
    server.fallSilentAfter(1000);

    assertThatThrownBy(() -> hub().patience(SHORT).file(FILE))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("127.0.0.1 did not respond within 500 ms");
    assertThat(place()).doesNotExist();
  }

  @Test
  void a_server_that_never_answers_is_given_up() throws IOException {
    try (ServerSocket deaf = new ServerSocket(0)) {
      URI address = URI.create("http://127.0.0.1:" + deaf.getLocalPort());
      assertThatThrownBy(() -> Hub.of(address, cache()).patience(SHORT).file(FILE))
          .isInstanceOf(FileException.class)
          .hasMessageContaining("127.0.0.1 did not respond within 500 ms");
    }
  }

  @Test
  void redirects_without_an_end_are_told() {
    assertThatThrownBy(
            () -> hub().file(new HubFile("loop/of", "main", "redirects", Optional.empty())))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("too many redirects");
  }

  @Test
  void without_a_network_one_message_says_which_files_to_put_where() {
    Hub far = Hub.of(URI.create("https://nowhere.invalid"), cache());

    assertThatThrownBy(() -> far.file(FILE, List.of(NAMES)))
        .isInstanceOf(FileException.class)
        .hasMessage(
            "timm/net.tv_in1k/model.safetensors: cannot be downloaded: cannot resolve the host"
                + " nowhere.invalid; check the network connection. Download it by other means and save"
                + " https://nowhere.invalid/timm/net.tv_in1k/resolve/main/model.safetensors as %s,"
                + " and"
                + " https://nowhere.invalid/datasets/hub/label-files/resolve/main/labels.json as"
                + " %s",
            place(), cache().resolve("datasets/hub/label-files/main/labels.json"));
  }

  @Test
  void a_file_for_which_there_is_no_room_is_not_begun() {
    server.stateSize(1L << 60);

    assertThatThrownBy(() -> hub().file(FILE))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("has room for ")
        .hasMessageContaining(
            "but timm/net.tv_in1k/model.safetensors needs 1,152,921,504,606,846,976");
    assertThat(place()).doesNotExist();
  }

  @Test
  void two_processes_do_not_write_one_file() throws IOException {
    Files.createDirectories(place().getParent());
    Path part = place().resolveSibling(NAME + ".part");
    try (FileChannel channel =
        FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      assertThat(channel.tryLock()).isNotNull();
      assertThatThrownBy(() -> hub().file(FILE))
          .isInstanceOf(FileException.class)
          .hasMessage(part + ": is being downloaded by another process; wait until it finishes");
    }
    assertThat(hub().file(FILE)).hasBinaryContent(CONTENT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"../up", "a/../b", "", "a//b", "/root", "a b", "..", "a/..."})
  void a_name_that_leads_elsewhere_is_none(String name) {
    assertThatThrownBy(() -> new HubFile(REPOSITORY, "main", name, Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://hub", "hub", "https:", "file:///tmp"})
  void what_is_no_address_of_a_server_is_no_hub(String address) {
    assertThatThrownBy(() -> Hub.of(Hub.address(address), cache()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("hub ");
  }

  private Hub hub() {
    return Hub.of(server.address(), cache()).patience(patience(Duration.ofSeconds(20)));
  }

  private static RetryPolicy patience(Duration silence) {
    return new RetryPolicy(silence, 3, Duration.ofMillis(1), Duration.ofSeconds(60));
  }

  private static HubFile file(String revision, Optional<String> sha256) {
    return new HubFile(REPOSITORY, revision, NAME, sha256);
  }

  private Path cache() {
    return folder.resolve("cache");
  }

  private Path place() {
    return cache().resolve(REPOSITORY).resolve("main").resolve(NAME);
  }

  private Path receipt() {
    return place().resolveSibling(NAME + ".json");
  }

  private void put(byte[] content) throws IOException {
    Files.createDirectories(place().getParent());
    Files.write(place(), content);
  }

  private static byte[] bytes(int count, int seed) {
    byte[] result = new byte[count];
    for (int i = 0; i < count; i++) {
      result[i] = (byte) (seed * 31 + i * 7 + i / 251);
    }
    return result;
  }
}
