package dev.trifocal.datasets.npy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.error.FileException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyHeaderParserTest {
  private static final Path FILE = Path.of("x.npy");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'descr': '>i2', 'fortran_order': False, 'shape': (3, 4), }   \n",
        "{\"shape\":(3,4),\"fortran_order\":False,\"descr\":\">i2\"}",
        "{'descr': '>i2', 'fortran_order': False, 'shape': (3L, 4L)}"
      })
  void understands_every_spelling_of_a_header(String text) {
    assertThat(new NpyHeaderParser(FILE, text).parse())
        .isEqualTo(new NpyHeader(NpyType.INT16, ByteOrder.BIG_ENDIAN, List.of(3L, 4L)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'descr': '<f4'}|descr, fortran_order and shape are required",
        "{'descr': '<f4', 'descr': '<f4'}|key 'descr' is repeated",
        "{'evil': 1}|key 'evil' is unknown",
        "{'shape': (-1,)}|expected a size at 11",
        "{'shape': (99999999999999999999,)}|expected a size at 11",
        "{'shape': __import__('os')}|expected '(' at 10",
        "{'fortran_order': 0}|expected True or False at 18",
        "{'descr: 1}|a string is not terminated",
        "{'shape': (1,)} or 1|text follows the dictionary",
        "{'shape': (1,)|expected '}' at 14"
      })
  void says_what_is_wrong_with_a_header(String text, String reason) {
    assertThatThrownBy(() -> new NpyHeaderParser(FILE, text).parse())
        .isInstanceOf(FileException.class)
        .hasMessage("x.npy: the header of this NumPy .npy file is damaged: " + reason);
  }

  @Test
  void an_empty_header_is_damaged() {
    assertThatThrownBy(() -> new NpyHeaderParser(FILE, "").parse())
        .isInstanceOf(FileException.class);
  }

  @Property(tries = 2000)
  void no_text_leads_to_anything_but_a_header_or_a_file_exception(
      @ForAll
          @Chars({'{', '}', '(', ')', '\'', ',', ':', 'L', '<'})
          @CharRange(from = 'a', to = 'f')
          String text) {
    try {
      assertThat(new NpyHeaderParser(FILE, "{'shape': " + text).parse()).isNotNull();
    } catch (FileException e) {
      assertThat(e).hasMessageStartingWith("x.npy: ");
    }
  }
}
