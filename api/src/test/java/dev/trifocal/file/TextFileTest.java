package dev.trifocal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.error.FileException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextFileTest {
  private static final String NAMES = "Ameise\nK\u00e4fer\n";

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void file() {
    file = folder.resolve("names.txt");
  }

  @ParameterizedTest
  @CsvSource({"UTF-8, false", "UTF-8, true", "UTF-16LE, true", "UTF-16BE, true"})
  void the_byte_order_mark_tells_the_encoding(Charset charset, boolean marked) throws IOException {
    Files.write(file, ((marked ? "\uFEFF" : "") + NAMES).getBytes(charset));
    assertThat(TextFile.read(file, "names")).isEqualTo(NAMES);
  }

  @Test
  void an_empty_file_is_an_empty_text() throws IOException {
    Files.createFile(file);
    assertThat(TextFile.read(file, "names")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ISO-8859-1", "windows-1252"})
  void another_encoding_is_refused_with_the_line(Charset charset) throws IOException {
    Files.write(file, NAMES.getBytes(charset));
    assertThatThrownBy(() -> TextFile.read(file, "one name per line"))
        .isInstanceOf(FileException.class)
        .hasMessage(
            file
                + " is not UTF-8 text: line 2 has other bytes; expected one name per line, saved as"
                + " UTF-8");
  }

  @Test
  void half_a_character_of_utf_16_is_refused() throws IOException {
    byte[] bytes = "\uFEFFa\nb".getBytes(StandardCharsets.UTF_16LE);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
    assertThatThrownBy(() -> TextFile.read(file, "names"))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("names.txt is not UTF-16 text: line 2 has other bytes");
  }

  @Test
  void a_file_that_is_missing_is_named() {
    assertThatThrownBy(() -> TextFile.read(file, "names"))
        .isInstanceOf(FileException.class)
        .hasMessage(file + ": cannot be read: there is no such file");
  }
}
