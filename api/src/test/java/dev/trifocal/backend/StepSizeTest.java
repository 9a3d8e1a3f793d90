package dev.trifocal.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.error.ConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StepSizeTest {
  @Test
  void aSingleBatchIsNotAccumulated() {
    assertThat(StepSize.of(32)).isEqualTo(new StepSize(32, 1));
    assertThat(StepSize.of(32).accumulates()).isFalse();
    assertThat(new StepSize(32, 2).accumulates()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "32, 1, 1, 32, 1",
    "32, 1, 4, 8, 4",
    "32, 3, 4, 8, 12",
    "30, 1, 3, 10, 3",
    "7, 2, 7, 1, 14"
  })
  void aDividedStepHasTheSameSamples(int batchSize, int batches, int parts, int smaller, int more) {
    StepSize divided = new StepSize(batchSize, batches).divided(parts);
    assertThat(divided).isEqualTo(new StepSize(smaller, more));
    assertThat(divided.batchSize() * divided.batches()).isEqualTo(batchSize * batches);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 5, 64})
  void partsThatAreNotEqualAreRefused(int parts) {
    assertThatThrownBy(() -> StepSize.of(32).divided(parts))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("a batch of 32 cannot be divided into " + parts + " equal parts");
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 0", "-4, 2"})
  void aStepWithoutSamplesIsRefused(int batchSize, int batches) {
    assertThatThrownBy(() -> new StepSize(batchSize, batches))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "batch size and batches per step must be at least 1, but are %d and %d"
                .formatted(batchSize, batches));
  }

  @Test
  void itReadsAsBatchesTimesTheirSize() {
    assertThat(StepSize.of(32)).hasToString("32");
    assertThat(new StepSize(8, 4)).hasToString("4 x 8");
  }
}
