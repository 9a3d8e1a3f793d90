package dev.trifocal.datasets.idx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.error.FileException;
import dev.trifocal.shape.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxFileTest {
  private static final Shape SAMPLE = Shape.of(2, 3);

  @TempDir Path folder;

  @Test
  void reads_sizes_and_elements() throws IOException {
    IdxFile idx = read(images());

    assertThat(idx.shape()).isEqualTo(Shape.of(2, 2, 3));
    assertThat(idx.elements().remaining()).isEqualTo(12);
    assertThat(idx.elements().get(11)).isEqualTo((byte) 210);
  }

  @Test
  void gzip_is_told_by_content_not_by_name() throws IOException {
    assertThat(read(gzip(images())).elements()).isEqualTo(read(images()).elements());
  }

  @Test
  void the_content_is_that_of_the_file_without_gzip() throws IOException {
    ByteBuffer content = ByteBuffer.allocate(images().length);

    read(gzip(images())).content().forEach(content::put);

    assertThat(content.array()).isEqualTo(images());
  }

  @Test
  void every_truncated_file_is_refused() throws IOException {
    for (byte[] whole : new byte[][] {images(), gzip(images())}) {
      for (int length = 0; length < whole.length; length++) {
        byte[] part = Arrays.copyOf(whole, length);
        assertThatThrownBy(() -> read(part))
            .isInstanceOf(FileException.class)
            .hasMessageStartingWith(file() + ": ");
      }
    }
  }

  @Test
  void truncation_is_told_in_bytes() {
    byte[] part = Arrays.copyOf(images(), 20);

    assertThatThrownBy(() -> read(part))
        .hasMessage(file() + ": is truncated: [2, 2, 3] needs 12 bytes, but it has 4");
  }

  @Test
  void truncated_gzip_data_are_told() throws IOException {
    byte[] gzip = gzip(images());
    byte[] part = Arrays.copyOf(gzip, gzip.length - 12);

    assertThatThrownBy(() -> read(part)).hasMessage(file() + ": is truncated within its gzip data");
  }

  @Test
  void damaged_gzip_data_are_told() throws IOException {
    byte[] gzip = gzip(images());
    gzip[gzip.length - 8] ^= 1;

    assertThatThrownBy(() -> read(gzip))
        .isInstanceOf(FileException.class)
        .hasMessageStartingWith(file() + ": its gzip data is damaged");
  }

  @Test
  void bytes_after_the_last_sample_are_refused() {
    byte[] more = Arrays.copyOf(images(), images().length + 1);

    assertThatThrownBy(() -> read(more))
        .hasMessage(file() + ": has data after the last of its 2 samples");
  }

  @Test
  void labels_taken_for_pictures_are_told_by_their_magic_number() {
    byte[] labels = ByteBuffer.allocate(10).putInt(0x801).putInt(2).array();

    assertThatThrownBy(() -> read(labels))
        .hasMessage(
            file()
                + ": is not an IDX file of unsigned bytes with 3 axes:"
                + " it starts with 00000801 instead of 00000803");
  }

  @Test
  void other_sizes_are_told() {
    byte[] file = images();
    file[11] = 9;

    assertThatThrownBy(() -> read(file))
        .hasMessage(file() + ": has samples of size 9 at axis 1, expected [2, 3]");
  }

  @Test
  void a_small_gzip_file_that_claims_gigabytes_is_refused_without_reading_them()
      throws IOException {
    byte[] file = gzip(ByteBuffer.wrap(images()).putInt(4, 300_000_000).array());

    assertThatThrownBy(() -> read(file))
        .isInstanceOf(FileException.class)
        .hasMessage(
            "%s: claims [300000000, 2, 3], 1,800,000,000 bytes, in only %d bytes of gzip data; if that is right, decompress it with gunzip"
                .formatted(file(), file.length));
  }

  @Test
  void gzip_data_may_be_a_thousandth_of_what_they_hold() throws IOException {
    int count = 1_000_000;
    byte[] blank = ByteBuffer.allocate(16 + 6 * count).put(images(), 0, 16).array();

    IdxFile idx = read(gzip(ByteBuffer.wrap(blank).putInt(4, count).array()));

    assertThat(idx.elements().remaining()).isEqualTo(6 * count);
  }

  @Test
  void a_header_that_promises_gigabytes_costs_nothing() {
    byte[] file = ByteBuffer.wrap(images()).putInt(4, 300_000_000).array();

    assertThatThrownBy(() -> read(file))
        .hasMessage(
            file() + ": is truncated: [300000000, 2, 3] needs 1,800,000,000 bytes, but it has 12");
  }

  @Test
  void a_negative_count_is_refused() {
    byte[] file = ByteBuffer.wrap(images()).putInt(4, -1).array();

    assertThatThrownBy(() -> read(file))
        .hasMessage(file() + ": has an invalid number of samples, -1");
  }

  private IdxFile read(byte[] content) throws IOException {
    return IdxFile.read(Files.write(file(), content), SAMPLE);
  }

  private Path file() {
    return folder.resolve("file");
  }

  private static byte[] images() {
    ByteBuffer bytes = ByteBuffer.allocate(28);
    bytes.putInt(0x803).putInt(2).putInt(2).putInt(3);
    for (int i = 0; i < 12; i++) {
      bytes.put((byte) (100 + 10 * i));
    }
    return bytes.array();
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(content);
    }
    return out.toByteArray();
  }
}
