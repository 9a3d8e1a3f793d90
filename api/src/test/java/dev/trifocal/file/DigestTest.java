package dev.trifocal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.error.FileException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DigestTest {
  private static final String ABC_SHA_256 =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  // printf abc | md5sum, sha256sum, git hash-object --stdin
  @ParameterizedTest
  @CsvSource({
    "MD5, md5:900150983cd24fb0d6963f7d28e17f72",
    "SHA_256, sha256:" + ABC_SHA_256,
    "GIT_BLOB, git-blob:f2ba8f84ab5c1bce84a7b441cb1959cfc7093b7f"
  })
  void streams_and_buffers_have_the_digest_that_other_programs_give(Digest.Kind kind, String text)
      throws IOException {
    byte[] content = "abc".getBytes(StandardCharsets.US_ASCII);

    assertThat(kind.of(new ByteArrayInputStream(content), 3).text()).isEqualTo(text);
    assertThat(kind.of(List.of(ByteBuffer.wrap(content, 0, 1), ByteBuffer.wrap(content, 1, 2))))
        .extracting(Digest::text)
        .isEqualTo(text);
  }

  @Test
  void content_may_be_added_piece_by_piece() {
    DigestBuilder builder = DigestBuilder.sha256().add("a");

    builder.add(ByteBuffer.wrap("bc".getBytes(StandardCharsets.UTF_8)));

    assertThat(builder.build()).isEqualTo(Digest.sha256(ABC_SHA_256));
  }

  @Test
  void a_file_is_read_whole(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("abc");
    Files.writeString(file, "abc");

    assertThat(Digest.sha256Of(file)).isEqualTo(Digest.sha256(ABC_SHA_256));
  }

  @Test
  void a_missing_file_is_named(@TempDir Path folder) {
    assertThatThrownBy(() -> Digest.sha256Of(folder.resolve("none")))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("none: cannot be read");
  }

  @Test
  void upper_case_is_the_same_digest_and_a_difference_names_both() {
    Digest expected = Digest.md5("AB01");

    assertThat(expected.problem(Digest.md5("ab01"))).isEmpty();
    assertThat(expected.problem(Digest.md5("cd02"))).hasValue("its MD5 is cd02, expected ab01");
  }
}
