package dev.trifocal.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.data.Batch;
import dev.trifocal.data.BatchLoader;
import dev.trifocal.data.Blobs;
import dev.trifocal.data.CorruptDataset;
import dev.trifocal.data.Shuffle;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimedBatchesTest {
  private static final int BATCHES = 48;
  private static final long MEBIBYTE = 1 << 20;

  @Test
  void batchesAreFreedWhileItRuns() {
    CorruptDataset large =
        new CorruptDataset(
            Blobs.of("large", BATCHES, 1),
            (indices, batch) ->
                Batch.of(Tensor.floats(Shape.of(1, 2 << 20), values -> {}), batch.label()));
    int[] order = Shuffle.NONE.order(BATCHES, 0, 0);
    List<Long> taken = new ArrayList<>();
    long before = DirectMemory.used();
    try (BatchLoader loader = BatchLoader.open(large, order, 1, 0, 1)) {
      TimedBatches.forEach(
          loader,
          StopSignal.NEVER,
          Callbacks.none(),
          Batch::size,
          (batch, size) -> taken.add(DirectMemory.used() - before));
    }
    assertThat(taken).hasSize(BATCHES).allMatch(bytes -> bytes < BATCHES * 8 * MEBIBYTE / 2);
  }
}
