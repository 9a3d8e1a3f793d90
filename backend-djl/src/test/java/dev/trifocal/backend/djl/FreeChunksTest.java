package dev.trifocal.backend.djl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.backend.djl.FreeChunks.Chunk;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Free chunks are chosen as in glibc's malloc.c")
class FreeChunksTest {
  private final FreeChunks chunks = new FreeChunks();

  @Test
  void theSmallestThatIsLargeEnoughIsTaken() {
    chunks.add(new Chunk(0, 5000));
    chunks.add(new Chunk(10_000, 3000));
    chunks.add(new Chunk(20_000, 4000));

    assertThat(chunks.take(2500)).isEqualTo(new Chunk(10_000, 3000));
    assertThat(chunks.take(2500)).isEqualTo(new Chunk(20_000, 4000));
    assertThat(chunks.take(5001)).isNull();
  }

  @Test
  void oneOfTheVerySizeIsTakenBeforeThoseFreedLaterAreSorted() {
    chunks.add(new Chunk(0, 4096));
    chunks.add(new Chunk(10_000, 4096));

    assertThat(chunks.take(4096)).isEqualTo(new Chunk(0, 4096));
  }

  @Test
  void ofLargeOnesOfOneSizeTheFirstStaysInItsList() {
    chunks.add(new Chunk(0, 4208));
    chunks.add(new Chunk(10_000, 4208));
    chunks.add(new Chunk(20_000, 4208));

    // 4112 is in the list of 4208: the first of the list is passed over.
    assertThat(chunks.take(4112)).isEqualTo(new Chunk(20_000, 4208));
    // 2000 is not: the last of the list is taken.
    assertThat(chunks.take(2000)).isEqualTo(new Chunk(10_000, 4208));
    assertThat(chunks.take(2000)).isEqualTo(new Chunk(0, 4208));
  }

  @Test
  void smallOnesOfOneSizeAreTakenInTheOrderInWhichTheyWereFreed() {
    chunks.add(new Chunk(0, 64));
    chunks.add(new Chunk(1000, 64));
    chunks.take(2000);

    assertThat(chunks.take(64)).isEqualTo(new Chunk(0, 64));
    assertThat(chunks.take(48)).isEqualTo(new Chunk(1000, 64));
  }

  @Test
  void smallRequestsContinueWithWhatTheLastOneLeft() {
    chunks.add(new Chunk(0, 8000));
    chunks.take(100_000);
    assertThat(chunks.take(96)).isEqualTo(new Chunk(0, 8000));
    chunks.addRemainder(new Chunk(96, 7904), 96);
    assertThat(chunks.take(96)).isEqualTo(new Chunk(96, 7904));
    chunks.addRemainder(new Chunk(192, 7808), 96);
    chunks.add(new Chunk(20_000, 500));

    // Now another one is free, too, and the smallest that is large enough is taken again.
    assertThat(chunks.take(96)).isEqualTo(new Chunk(20_000, 500));
  }

  @Test
  void neighboursAreRemovedWhenTheyAreJoined() {
    chunks.add(new Chunk(0, 1000));
    chunks.add(new Chunk(3000, 1000));

    assertThat(chunks.joinBefore(1000)).isZero();
    assertThat(chunks.joinAfter(3000)).isEqualTo(4000);
    assertThat(chunks.joinBefore(2000)).isEqualTo(2000);
    assertThat(chunks.take(100)).isNull();
  }
}
