package dev.trifocal.datasets.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.error.DataException;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.DataType;
import dev.trifocal.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class TensorDatasetTest {
  private static final Samples SAMPLES =
      Samples.of(Tensor.of(Shape.of(3, 1, 1, 2), 0f, 1f, 10f, 11f, 20f, 21f));
  private static final Labels LABELS = Labels.ids("y", new long[] {0, 1, 0}, List.of("no", "yes"));

  private final TensorDataset dataset = TensorDataset.of("d", SAMPLES, LABELS);

  @Test
  void rows_come_in_the_order_asked_for_and_may_repeat() {
    assertThat(dataset.batch(new int[] {2, 0, 2}).input())
        .isEqualTo(Tensor.of(Shape.of(3, 1, 1, 2), 20f, 21f, 0f, 1f, 20f, 21f));
  }

  @Test
  void a_selection_counts_anew() {
    TensorDataset part = dataset.select("part", new int[] {2, 1});

    assertThat(part.size()).isEqualTo(2);
    assertThat(part.name()).isEqualTo("part");
    assertThat(part.batch(new int[] {1}).input())
        .isEqualTo(Tensor.of(Shape.of(1, 1, 1, 2), 10f, 11f));
    assertThat(part.batch(new int[] {1}).label().toLongs()).containsExactly(1);
  }

  @Test
  void a_sample_that_is_not_there_is_told() {
    TensorDataset part = dataset.select("part", new int[] {2, 1});

    assertThatThrownBy(() -> part.batch(new int[] {2}))
        .isInstanceOf(DataException.class)
        .hasMessage("part has no sample 2; it has 2 samples");
    assertThatThrownBy(() -> dataset.batch(new int[] {-1})).isInstanceOf(DataException.class);
  }

  @Test
  void samples_without_labels_are_refused() {
    Labels two = Labels.ids("y", new long[] {0, 1}, List.of("no", "yes"));

    assertThatThrownBy(() -> TensorDataset.of("d", SAMPLES, two))
        .isInstanceOf(DataException.class)
        .hasMessage("d has 3 samples, but 2 labels");
  }

  @Test
  void bytes_are_divided_by_255_and_are_unsigned() {
    Tensor bytes =
        Tensor.make(
            Shape.of(1, 1, 1, 3),
            DataType.UINT8,
            buffer -> buffer.put((byte) 0).put((byte) 128).put((byte) 255));
    Labels label = Labels.ids("y", new long[] {0}, List.of("no"));

    assertThat(TensorDataset.of("d", Samples.of(bytes), label).batch(new int[] {0}).input())
        .isEqualTo(Tensor.of(Shape.of(1, 1, 1, 3), 0f, 128 / 255f, 1f));
  }

  @Test
  void the_digest_tells_samples_labels_classes_and_order_apart() {
    Labels other = Labels.ids("y", new long[] {0, 1, 1}, List.of("no", "yes"));
    Labels renamed = Labels.ids("y", new long[] {0, 1, 0}, List.of("no", "YES"));

    assertThat(
            List.of(
                dataset.digest(),
                dataset.select("d", new int[] {0, 2, 1}).digest(),
                dataset.select("d", new int[] {0, 1}).digest(),
                TensorDataset.of("d", SAMPLES, other).digest(),
                TensorDataset.of("d", SAMPLES, renamed).digest()))
        .doesNotHaveDuplicates();
    assertThat(dataset.select("other name", new int[] {0, 1, 2}).digest())
        .isEqualTo(dataset.digest());
  }
}
