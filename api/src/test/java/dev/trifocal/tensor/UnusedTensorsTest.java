package dev.trifocal.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.shape.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnusedTensorsTest {
  @Test
  void resultsAreManyFrom32Mebibytes() {
    UnusedTensors unused = UnusedTensors.ofResults();
    unused.add((32 << 20) - 16);
    assertThat(unused.areMany()).isFalse();
    unused.add(List.of(Tensor.of(Shape.of(2), 1, 2), Tensor.of(Shape.of(1), 3L)));
    assertThat(unused.areMany()).isTrue();
  }

  @Test
  void batchesAreManyFrom128Mebibytes() {
    UnusedTensors unused = UnusedTensors.ofBatches();
    unused.add((128 << 20) - 1);
    assertThat(unused.areMany()).isFalse();
    unused.add(1);
    assertThat(unused.areMany()).isTrue();
  }

  @Test
  void theCountStartsAnewOnceTheyAreFreed() {
    UnusedTensors unused = UnusedTensors.ofResults();
    unused.add(32 << 20);
    unused.freeIfMany();
    assertThat(unused.areMany()).isFalse();
  }

  @Test
  void fewAreCountedOn() {
    UnusedTensors unused = UnusedTensors.ofResults();
    unused.add(20 << 20);
    unused.freeIfMany();
    unused.add(20 << 20);
    assertThat(unused.areMany()).isTrue();
  }
}
