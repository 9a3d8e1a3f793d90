package dev.trifocal.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.error.DataException;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConcatDatasetTest {
  private static final List<String> CLASSES = List.of("ant", "bee");

  /** Numbered samples, to which an augmentation adds its epoch and a fraction of its seed. */
  private record Numbered(String name, int size, float first, String augmentation)
      implements Dataset {
    @Override
    public List<String> classes() {
      return CLASSES;
    }

    @Override
    public Batch batch(int[] indices) {
      float[] values = new float[indices.length];
      IntStream.range(0, values.length).forEach(i -> values[i] = first + indices[i]);
      long[] labels = IntStream.of(indices).mapToLong(i -> i % 2).toArray();
      return Batch.of(
          Tensor.of(Shape.of(values.length, 1), values),
          Tensor.of(Shape.of(labels.length), labels));
    }

    @Override
    public Dataset epoch(long seed, int epoch) {
      float jitter = (seed >>> 54) / 1024f;
      return augmentation.equals("none")
          ? this
          : new Numbered(name, size, first + 1000 * epoch + jitter, augmentation);
    }
  }

  private static final Dataset PLAIN = new Numbered("plain", 3, 0, "none");
  private static final Dataset FLIPPED = new Numbered("flipped", 2, 100, "flip");
  private static final Dataset BOTH = new ConcatDataset("both", List.of(PLAIN, FLIPPED));

  @Test
  void samples_follow_each_other_in_any_order() {
    assertThat(BOTH.size()).isEqualTo(5);
    assertThat(BOTH.batch(new int[] {4, 0, 3, 1}).input().toFloats())
        .containsExactly(101, 0, 100, 1);
    assertThat(BOTH.classIds()).containsExactly(0, 1, 0, 0, 1);
  }

  @Test
  void each_part_keeps_its_augmentation() {
    assertThat(BOTH.augmentation()).isEqualTo("none; flip");
    float[] epoch = BOTH.epoch(7, 2).batch(new int[] {0, 3}).input().toFloats();
    assertThat(epoch[0]).isZero();
    assertThat(epoch[1]).isBetween(2100f, 2101f);
  }

  @Test
  void parts_with_the_same_augmentation_get_other_random_numbers() {
    Dataset twice = new ConcatDataset("twice", List.of(FLIPPED, FLIPPED));
    assertThat(twice.augmentation()).isEqualTo("flip");
    float[] epoch = twice.epoch(7, 1).batch(new int[] {0, 2}).input().toFloats();
    assertThat(epoch[0]).isNotEqualTo(epoch[1]);
    assertThat(twice.epoch(7, 1).batch(new int[] {0, 2}).input().toFloats()).isEqualTo(epoch);
  }

  @Test
  void parts_that_differ_are_refused() {
    Dataset wide =
        Dataset.of(Tensor.of(Shape.of(1, 2), 1, 2f), Tensor.of(Shape.of(1), 1L)).classes(CLASSES);
    assertThatThrownBy(() -> new ConcatDataset("all", List.of(PLAIN, wide)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("cannot be concatenated: their inputs or classes differ");
    assertThatThrownBy(() -> new ConcatDataset("all", List.of()))
        .isInstanceOf(DataException.class)
        .hasMessage("all concatenates no data sets");
  }
}
