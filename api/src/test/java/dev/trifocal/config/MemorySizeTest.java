package dev.trifocal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.error.ConfigurationException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemorySizeTest {
  private static final List<Long> ROUND = List.of(1L << 10, 1L << 20, 1L << 30, 1L << 40);

  @ParameterizedTest
  @CsvSource({
    "4GiB, 4294967296",
    "4 GiB, 4294967296",
    "4G, 4294967296",
    "900MiB, 943718400",
    "2GB, 2000000000",
    "3MB, 3000000",
    "5KiB, 5120",
    "7B, 7",
    "12345, 12345",
    "1.5GiB, 1610612736",
    "0.5MiB, 524288"
  })
  void aNumberIsReadWithItsUnit(String text, long bytes) {
    assertThat(MemorySize.parse(text)).isEqualTo(new MemorySize(bytes));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "much",
        "GiB",
        "4 giraffes",
        "4gib",
        "1,5GiB",
        "four GiB",
        "4GiB8",
        "[4]",
        "-1",
        "-2GiB"
      })
  void otherTextIsRefusedWithExamples(String text) {
    assertThatThrownBy(() -> MemorySize.parse(text))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("'" + text + "' is not an amount of memory such as 4GiB or 900MiB");
  }

  @Test
  void moreThanCanBeCountedIsRefused() {
    assertThatThrownBy(() -> MemorySize.parse("9000000000000GiB"))
        .isInstanceOf(ConfigurationException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0GiB", "0.1B", "NaN"})
  void lessThanAByteIsRefused(String text) {
    assertThatThrownBy(() -> MemorySize.parse(text))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("an amount of memory must be positive, but is 0");
  }

  @Test
  void aNegativeNumberOfBytesIsNoAmount() {
    assertThatThrownBy(() -> new MemorySize(-5))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("an amount of memory must be positive, but is -5");
  }

  @Test
  void theTextIsReadAsTheSameAmount() {
    SplittableRandom random = new SplittableRandom(7);
    LongStream anyNumber = random.longs(1000, 1, Long.MAX_VALUE);
    LongStream round =
        ROUND.stream()
            .flatMap(unit -> Stream.of(unit - 1, unit, unit + 1, 3 * unit, 1023 * unit))
            .mapToLong(Long::longValue);
    LongStream ends = LongStream.of(1, Long.MAX_VALUE);
    LongStream.concat(ends, LongStream.concat(round, anyNumber))
        .mapToObj(MemorySize::new)
        .forEach(size -> assertThat(MemorySize.parse(size.text())).isEqualTo(size));
  }

  @ParameterizedTest
  @CsvSource({"4294967296, 4GiB", "1610612736, 1536MiB", "1048576, 1MiB", "1048577, 1048577"})
  void theTextHasTheLargestUnitThatLosesNothing(long bytes, String text) {
    assertThat(new MemorySize(bytes).text()).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1 MiB",
    "1048576, 1 MiB",
    "1048577, 2 MiB",
    "891289600, 850 MiB",
    "1073741824, 1.0 GiB",
    "1073741825, 1.1 GiB",
    "1825361101, 1.8 GiB",
    "1825361100, 1.7 GiB",
    "107374182400, 100.0 GiB",
    "1152921504606846976, 1073741824.0 GiB",
    "9223372036854775807, 8589934592.0 GiB"
  })
  void aPersonReadsItRoundedUp(long bytes, String text) {
    assertThat(new MemorySize(bytes)).hasToString(text);
  }

  @Test
  void whatAPersonReadsIsEnough() {
    new SplittableRandom(7)
        .longs(1000, 1, 1L << 42)
        .forEach(
            bytes -> {
              MemorySize size = new MemorySize(bytes);
              MemorySize read = MemorySize.parse(size.toString().replace(" ", ""));
              assertThat(read.bytes()).isGreaterThanOrEqualTo(bytes);
            });
  }
}
