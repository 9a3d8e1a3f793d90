package dev.trifocal.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.random.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class BatchLoaderOrderTest {
  private static final Dataset DATA = Blobs.of("blobs", 40, 1);

  @Property(tries = 200, seed = "20")
  void batchesAreThoseOfTheOrderWhateverTheThreads(
      @ForAll @IntRange(min = 0, max = 40) int size,
      @ForAll @IntRange(min = 1, max = 12) int batchSize,
      @ForAll @IntRange(max = 5) int first,
      @ForAll @IntRange(min = 1, max = 4) int threads) {
    int[] order = RandomStream.of(7).permutation(size);
    List<Batch> expected = new ArrayList<>();
    for (int from = first * batchSize; from < size; from += batchSize) {
      expected.add(DATA.batch(Arrays.copyOfRange(order, from, Math.min(size, from + batchSize))));
    }
    List<Batch> actual = new ArrayList<>();
    try (BatchLoader loader = BatchLoader.open(DATA, order, batchSize, first, threads)) {
      loader.forEachRemaining(actual::add);
    }
    assertThat(actual).isEqualTo(expected);
    assertThat(BatchLoader.batches(size, batchSize))
        .isEqualTo((int) Math.ceil(size / (double) batchSize));
  }
}
