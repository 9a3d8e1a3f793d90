package dev.trifocal.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.error.DataException;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DatasetTest {
  private static final Tensor X = Tensor.of(Shape.of(3, 2), 1f, 2, 3, 4, 5, 6);
  private static final Tensor IDS = Tensor.of(Shape.of(3), 2L, 0L, 2L);

  @Test
  void sizeAndBatchAreAllThatMustBeWritten() {
    Dataset two =
        new Dataset() {
          @Override
          public int size() {
            return 3;
          }

          @Override
          public Batch batch(int[] indices) {
            return Dataset.of(X, IDS).batch(indices);
          }
        };
    assertThat(two.name()).isEqualTo("DatasetTest$1");
    assertThat(two.inputShapes()).isEqualTo(Map.of("input", Shape.of(2)));
    assertThat(two.sampleShape()).isEqualTo(Shape.of(2));
    assertThat(two.classes()).isEmpty();
    assertThat(two.classIds()).containsExactly(2, 0, 2);
    assertThat(two.epoch(1, 1)).isSameAs(two);
    assertThat(two.digest()).matches("sha256:[0-9a-f]{64}");
  }

  @Test
  void arraysInMemoryAreADataSet() {
    InMemoryDataset data = Dataset.of(X, IDS);
    assertThat(data.size()).isEqualTo(3);
    assertThat(data.classes()).containsExactly("0", "1", "2");
    Batch batch = data.batch(new int[] {2, 0});
    assertThat(batch.input()).isEqualTo(Tensor.of(Shape.of(2, 2), 5f, 6, 1, 2));
    assertThat(batch.label()).isEqualTo(Tensor.of(Shape.of(2), 2L, 2L));
    assertThat(data.select(1).batch(new int[] {0}).input())
        .isEqualTo(Tensor.of(Shape.of(1, 2), 3f, 4));
    InMemoryDataset pets = data.name("pets").classes(List.of("ant", "bee", "cat"));
    assertThat(pets.name()).isEqualTo("pets");
    assertThat(pets.classes()).containsExactly("ant", "bee", "cat");
    assertThatThrownBy(() -> pets.batch(new int[] {3}))
        .isInstanceOf(DataException.class)
        .hasMessage("pets has no sample 3; it has 3 samples");
  }

  @Test
  void targetsThatAreNotClassIdsHaveNoClasses() {
    Dataset data = Dataset.of(X, X);
    assertThat(data.classes()).isEmpty();
    assertThatThrownBy(data::classIds)
        .isInstanceOf(DataException.class)
        .hasMessage("data has the labels FLOAT32[3, 2], which are not class ids");
  }

  @Test
  void aDigestTellsContentsApart() {
    String digest = Dataset.of(X, IDS).digest();
    assertThat(Dataset.of(X, IDS).digest()).isEqualTo(digest);
    assertThat(Dataset.of(X, Tensor.of(Shape.of(3), 2L, 1L, 2L)).digest()).isNotEqualTo(digest);
    assertThat(Dataset.of(X.reshape(Shape.of(3, 1, 2)), IDS).digest()).isNotEqualTo(digest);
    Dataset counting = numbers(100, 0);
    assertThat(numbers(100, 0).digest()).isEqualTo(counting.digest());
    assertThat(numbers(101, 0).digest()).isNotEqualTo(counting.digest());
    assertThat(numbers(100, 1).digest()).isNotEqualTo(counting.digest());
  }

  @Test
  void samplesAreStackedInTheOrderOfTheirIndices() {
    Batch batch = numbers(9, 0).batch(new int[] {4, 1});
    assertThat(batch.input()).isEqualTo(Tensor.of(Shape.of(2, 1), 4f, 1));
    assertThat(batch.label()).isEqualTo(Tensor.of(Shape.of(2), 4L, 1L));
    assertThat(numbers(600, 0).classIds()).hasSize(600).endsWith(598, 599);
  }

  @Test
  void samplesThatDifferAreRefused() {
    Sample flat = Sample.of(Tensor.of(Shape.of(2), 1f, 2), 0);
    Sample square = Sample.of(Tensor.of(Shape.of(1, 2), 1f, 2), 0);
    Sample named = new Sample(Map.of("left", flat.inputs().get("input")), flat.labels());
    assertThatThrownBy(() -> Sample.stack(List.of(flat, square)))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "all samples must have the same shape and type, but input input is FLOAT32[2] in one and"
                + " FLOAT32[1, 2] in another");
    assertThatThrownBy(() -> Sample.stack(List.of(flat, named)))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "all samples must have the same inputs, but one has [input] and another [left]");
  }

  @Test
  void severalInputsHaveNamesAndOneSize() {
    Dataset data = Dataset.of(Map.of("left", X, "right", X), Map.of("ids", IDS, "sizes", X));
    assertThat(data.inputShapes()).containsOnlyKeys("left", "right");
    assertThat(data.classes()).isEmpty();
    assertThat(data.batch(new int[] {1}).labels()).containsOnlyKeys("ids", "sizes");
    assertThatThrownBy(data::sampleShape)
        .isInstanceOf(DataException.class)
        .hasMessageMatching("data has the inputs \\[(left, right|right, left)]; use inputShapes");
    assertThatThrownBy(() -> data.batch(new int[] {1}).label())
        .isInstanceOf(DataException.class)
        .hasMessageContaining("has no single label; select one by name");
    assertThatThrownBy(() -> Batch.of(X, Tensor.of(Shape.of(2), 0L, 1L)))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "all tensors of a batch must have the same size on their first axis, but input input is"
                + " FLOAT32[3, 2] and label label is INT64[2]");
  }

  @Test
  void anEmptyDataSetIsNamed() {
    assertThatThrownBy(() -> numbers(0, 0).sampleShape())
        .isInstanceOf(DataException.class)
        .hasMessage("data has no samples");
  }

  private static Dataset numbers(int size, int shift) {
    return Dataset.of(size, i -> Sample.of(Tensor.of(Shape.of(1), (float) i + shift), i));
  }
}
