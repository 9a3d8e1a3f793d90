package dev.trifocal.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.data.Shuffle;
import dev.trifocal.error.ConfigurationException;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class FitOptionsTest {
  @Test
  void everyValueOutOfRangeIsNamedInOneMessage() {
    assertThatThrownBy(
            () ->
                new FitOptions(
                    0, 0, Shuffle.NONE, OptionalInt.of(0), -1, 0, 0, -1, Optional.empty()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "epochs must be 1 or more, but is 0; batch size must be 1 or more, but is 0; "
                + "patience must be 1 or more, but is 0; "
                + "steps between checkpoints must be 0 or more, but is -1; "
                + "loader threads must be 1 or more, but is 0; "
                + "batches of one step must be 1 or more, but is 0; "
                + "epochs of an earlier phase must be 0 or more, but is -1");
  }

  @Test
  void eachWitherChangesItsOwnValue() {
    assertThat(
            FitOptions.of(1, 2)
                .epochs(3)
                .batchSize(4)
                .shuffle(Shuffle.NONE)
                .patience(5)
                .checkpointEvery(6)
                .loaderThreads(7)
                .accumulate(8)
                .earlierEpochs(2)
                .bestBy("auc"))
        .isEqualTo(
            new FitOptions(3, 4, Shuffle.NONE, OptionalInt.of(5), 6, 7, 8, 2, Optional.of("auc")));
  }
}
