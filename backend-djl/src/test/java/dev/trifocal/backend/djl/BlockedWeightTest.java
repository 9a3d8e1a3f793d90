package dev.trifocal.backend.djl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.backend.djl.SimulatedMemory.Use;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The expected sizes were logged in calls of {@code malloc} while Xception was trained. */
class BlockedWeightTest {
  @Test
  void channelsArePaddedToBlocks() {
    BlockedWeight pointwise = new BlockedWeight(728 * 728, 728, 728);

    assertThat(pointwise.forOutput()).isEqualTo(2_143_232);
    assertThat(pointwise.forInputGradient()).isEqualTo(2_143_232);
    assertThat(pointwise.forWeightGradient()).isEqualTo(2_166_784);
  }

  @Test
  void onlyTheSideThatDoesNotFitIsPadded() {
    BlockedWeight wider = new BlockedWeight(1024 * 728, 1024, 728);

    assertThat(wider.forOutput()).isEqualTo(2_981_888);
    assertThat(wider.forInputGradient()).isEqualTo(3_014_656);
    assertThat(wider.forWeightGradient()).isEqualTo(3_014_656);
  }

  @Test
  void kernelsCountForEachPairOfChannels() {
    assertThat(new BlockedWeight(20L * 32 * 9, 20, 32).forOutput()).isEqualTo(32 * 32 * 9 * 4);
  }

  @Test
  void fewChannelsStayAsTheyAre() {
    BlockedWeight colours = new BlockedWeight(64 * 3 * 49, 64, 3);

    assertThat(colours.forWeightGradient()).isEqualTo(64 * 3 * 49 * 4);
  }

  @Test
  void channelsInGroupsStayAsTheyAre() {
    SimulatedMemory memory = new SimulatedMemory(0);
    SimulatedArray depthwise =
        new SimulatedArray(memory.allocate(Use.WEIGHTS, 728 * 9 * 4), 728 * 9, Optional.empty());
    BlockedWeight blocked = BlockedWeight.of(depthwise, 728, 728, 728);

    assertThat(blocked.forOutput()).isEqualTo(728 * 9 * 4);
    assertThat(blocked.forWeightGradient()).isEqualTo(728 * 9 * 4);
  }
}
