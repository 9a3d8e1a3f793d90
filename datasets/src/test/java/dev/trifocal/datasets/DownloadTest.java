package dev.trifocal.datasets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.data.Splits;
import dev.trifocal.download.DownloadListener;
import dev.trifocal.error.FileException;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadTest {
  private static final TinyIdxCollection TINY = new TinyIdxCollection("tiny", 5);
  private static final String IMAGES = "train-images-idx3-ubyte.gz";

  @TempDir Path cache;

  private FileServer server;

  @BeforeEach
  void a_server_has_the_files() throws IOException {
    server = new FileServer();
    for (Map.Entry<String, byte[]> file : TINY.files().entrySet()) {
      server.serve(file.getKey() + ".gz", TinyIdxCollection.gzip(file.getValue()));
    }
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void missing_files_are_downloaded_once() throws IOException {
    Splits first = open();
    server.close();
    Splits second = open();

    assertThat(second.train().digest()).isEqualTo(first.train().digest());
    assertThat(names()).containsExactlyInAnyOrderElementsOf(server.names());
    assertThat(folder().resolve(IMAGES)).hasBinaryContent(server.content(IMAGES));
  }

  @Test
  void progress_is_told_from_start_to_finish() {
    List<String> events = new ArrayList<>();
    long total = server.content(IMAGES).length;

    open(
        new DownloadListener() {
          @Override
          public void started(String file, long present, OptionalLong bytes) {
            events.add("started %s %d of %d".formatted(file, present, bytes.orElse(-1)));
          }

          @Override
          public void received(String file, long received, OptionalLong bytes) {
            if (received == bytes.orElse(-1)) {
              events.add("received all of " + file);
            }
          }

          @Override
          public void finished(String file) {
            events.add("finished " + file);
          }
        });

    assertThat(events)
        .hasSize(12)
        .startsWith(
            "started %s 0 of %d".formatted(IMAGES, total),
            "received all of " + IMAGES,
            "finished " + IMAGES);
  }

  @Test
  void an_interrupted_download_goes_on_where_it_stopped() throws IOException {
    leavePart(Arrays.copyOf(server.content(IMAGES), 100));

    open();

    assertThat(server.requests(IMAGES)).containsExactly("bytes=100-");
    assertThat(folder().resolve(IMAGES)).hasBinaryContent(server.content(IMAGES));
    assertThat(names()).noneMatch(name -> name.endsWith(".part"));
  }

  @Test
  void a_connection_that_breaks_is_taken_up_again() throws IOException {
    server.breakOnceAfter(IMAGES, 50);

    open();

    assertThat(server.requests(IMAGES)).hasSize(2).first().isEqualTo("all");
    assertThat(server.requests(IMAGES).get(1)).isEqualTo("bytes=50-");
    assertThat(folder().resolve(IMAGES)).hasBinaryContent(server.content(IMAGES));
  }

  @Test
  void a_complete_part_needs_no_request() throws IOException {
    leavePart(server.content(IMAGES));

    open();

    assertThat(server.requests(IMAGES)).isEmpty();
  }

  @Test
  void a_part_of_something_else_is_replaced() throws IOException {
    leavePart(new byte[70]);

    open();

    assertThat(server.requests(IMAGES)).containsExactly("bytes=70-", "all");
    assertThat(folder().resolve(IMAGES)).hasBinaryContent(server.content(IMAGES));
  }

  @Test
  void a_part_longer_than_the_file_is_replaced() throws IOException {
    leavePart(new byte[server.content(IMAGES).length + 1]);

    open();

    assertThat(folder().resolve(IMAGES)).hasBinaryContent(server.content(IMAGES));
  }

  @Test
  void a_server_that_knows_no_ranges_sends_all() throws IOException {
    server.ignoreRanges();
    leavePart(Arrays.copyOf(server.content(IMAGES), 100));

    open();

    assertThat(folder().resolve(IMAGES)).hasBinaryContent(server.content(IMAGES));
  }

  @Test
  void content_with_a_wrong_checksum_never_reaches_its_place() throws IOException {
    byte[] other = TinyIdxCollection.images(TinyIdxCollection.TRAIN, 99);
    server.serve(IMAGES, TinyIdxCollection.gzip(other));

    assertThatThrownBy(this::open)
        .isInstanceOf(FileException.class)
        .hasMessageContaining(
            "the downloaded file is not the expected one: its MD5 is "
                + TinyIdxCollection.md5(other));
    assertThat(folder().resolve(IMAGES)).doesNotExist();
  }

  @Test
  void a_page_in_place_of_the_file_is_told() {
    server.serve(IMAGES, "<html>Please log in to this network</html>".getBytes(UTF_8));

    assertThatThrownBy(this::open)
        .isInstanceOf(FileException.class)
        .hasMessageContaining("the downloaded file is not the expected one");
  }

  @Test
  void after_a_wrong_checksum_the_next_attempt_starts_anew() throws IOException {
    byte[] right = server.content(IMAGES);
    server.serve(IMAGES, new byte[500]);
    assertThatThrownBy(this::open).isInstanceOf(FileException.class);

    server.serve(IMAGES, right);
    open();

    assertThat(server.requests(IMAGES)).containsExactly("all", "all");
  }

  @Test
  void a_file_that_the_server_lacks_is_told_with_all_that_is_needed() {
    server.remove(IMAGES);

    assertThatThrownBy(this::open)
        .isInstanceOf(FileException.class)
        .hasMessage(
            "tiny: cannot download %s%s: the server responded with status 404. Put train-images-idx3-ubyte.gz, train-labels-idx1-ubyte.gz, t10k-images-idx3-ubyte.gz, t10k-labels-idx1-ubyte.gz (gzipped or not) into one folder and name it with --data-dir, or into %s",
            server.address(), IMAGES, folder());
  }

  @Test
  void a_server_that_does_not_listen_is_told() {
    URI address = server.address();
    server.close();

    assertThatThrownBy(() -> open(address))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("cannot connect to 127.0.0.1. Put train-images-idx3-ubyte.gz,");
  }

  @Test
  void a_host_that_nobody_knows_is_told() {
    assertThatThrownBy(() -> open(URI.create("http://nowhere.invalid/")))
        .isInstanceOf(FileException.class)
        .hasMessageContaining(
            "cannot resolve the host nowhere.invalid; check the network connection")
        .hasMessageContaining("--data-dir");
  }

  @Test
  void two_downloads_of_one_file_do_not_mix() throws IOException {
    leavePart(new byte[0]);
    Path part = folder().resolve(IMAGES + ".part");
    try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
      assertThat(channel.tryLock()).isNotNull();

      assertThatThrownBy(this::open)
          .isInstanceOf(FileException.class)
          .hasMessage(part + ": is being downloaded by another process; wait until it finishes");
    }
  }

  @Test
  void a_cache_that_cannot_be_written_is_told() throws IOException {
    Files.writeString(folder(), "a file where the folder should be");

    assertThatThrownBy(this::open)
        .isInstanceOf(FileException.class)
        .hasMessageContaining(folder().resolve(IMAGES) + ": cannot be written");
  }

  private Splits open() {
    return open(new DownloadListener() {});
  }

  private Splits open(URI host) {
    return open(host, new DownloadListener() {});
  }

  private Splits open(DownloadListener listener) {
    return open(server.address(), listener);
  }

  private Splits open(URI host, DownloadListener listener) {
    return new IdxSource(TINY.collection().from(host), List.of())
        .open(new DatasetOptions(Optional.empty(), cache, 1, listener));
  }

  private void leavePart(byte[] content) throws IOException {
    Files.createDirectories(folder());
    Files.write(folder().resolve(IMAGES + ".part"), content);
  }

  private Path folder() {
    return cache.resolve("tiny");
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder())) {
      return files.map(path -> path.getFileName().toString()).toList();
    }
  }
}
