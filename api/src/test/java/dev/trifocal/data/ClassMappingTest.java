package dev.trifocal.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.error.DataException;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClassMappingTest {
  private static final List<String> MODEL = List.of("ant", "bee", "cat");

  @Test
  void classes_are_paired_by_name_whatever_their_order_and_number() {
    Dataset data = data(List.of("cat", "ant"), 0, 1, 1, 0);
    Dataset mapped = ClassMapping.of("net", MODEL, data).of(data);
    assertThat(mapped.classes()).isEqualTo(MODEL);
    assertThat(mapped.classIds()).containsExactly(2, 0, 0, 2);
    assertThat(mapped.batch(new int[] {3, 1}).label().toLongs()).containsExactly(2, 0);
    assertThat(mapped.batch(new int[] {3}).input().toFloats()).containsExactly(3);
    assertThat(mapped.digest()).isEqualTo(data.digest());
  }

  @Test
  void multi_label_values_move_to_the_places_of_the_models_classes() {
    Dataset plain =
        Dataset.of(Tensor.of(Shape.of(2, 1), 0f, 1f), Tensor.of(Shape.of(2, 2), 1f, 0f, 1f, 1f))
            .classes(List.of("cat", "ant"));
    Dataset data = new MultiLabel(plain);

    Dataset mapped = ClassMapping.of("net", MODEL, data).of(data);

    assertThat(mapped.isMultiLabel()).isTrue();
    assertThat(mapped.batch(new int[] {0, 1}).label())
        .isEqualTo(Tensor.of(Shape.of(2, 3), 0f, 0f, 1f, 1f, 0f, 1f));
    assertThat(new ConcatDataset("all", List.of(data, data)).isMultiLabel()).isTrue();
  }

  @Test
  void void_pixels_stay_void() {
    Dataset data = new PixelClasses("masks", 2, List.of("cat", "ant"));
    Dataset mapped = ClassMapping.of("net", MODEL, data).of(data);
    assertThat(mapped.isSegmentation()).isTrue();
    assertThat(mapped.ignoreIndex()).hasValue(PixelClasses.VOID);
    assertThat(mapped.batch(new int[] {0}).label())
        .isEqualTo(Tensor.of(Shape.of(1, 2, 3), 2L, 0L, 2L, 0L, 2L, 255L));
    assertThat(new ConcatDataset("all", List.of(data, data)))
        .matches(Dataset::isSegmentation)
        .extracting(Dataset::ignoreIndex)
        .isEqualTo(data.ignoreIndex());
  }

  @Test
  void splits_follow_the_order_of_a_model_that_knows_the_same_classes() {
    Dataset train = data(List.of("cat", "ant", "bee"), 0, 1, 2);
    Splits splits = new Splits(train, Optional.empty(), Optional.of(train)).drawn(Set.of("test"));

    Splits ordered = ClassMapping.inOrder(MODEL, splits);

    assertThat(ordered.train().classIds()).containsExactly(2, 0, 1);
    assertThat(ordered.test().orElseThrow().classes()).isEqualTo(MODEL);
    assertThat(ordered.drawn()).isEqualTo(Set.of("test"));
    assertThat(ClassMapping.unmapped(ordered.train())).isSameAs(train);
    assertThat(ClassMapping.inOrder(List.of("ant", "bee", "dog"), train)).isSameAs(train);
    assertThat(ClassMapping.inOrder(List.of("ant", "bee"), train)).isSameAs(train);
    assertThat(ClassMapping.inOrder(List.of(), train)).isSameAs(train);
  }

  @Test
  void classes_of_one_name_stay_apart() {
    List<String> cranes = List.of("crane", "crane", "heron");
    Dataset data = data(cranes, 0, 1, 2);
    assertThat(ClassMapping.of("net", cranes, data).of(data).classIds()).containsExactly(0, 1, 2);
    assertThat(ClassMapping.inOrder(cranes, data).classIds()).containsExactly(0, 1, 2);
    assertThat(ClassMapping.inOrder(List.of("heron", "crane", "crane"), data)).isSameAs(data);
  }

  @Test
  void augmentation_is_that_of_the_mapped_data() {
    Dataset mapped =
        ClassMapping.inOrder(MODEL, new Augmented(data(List.of("cat", "ant", "bee"), 0, 1, 2), 0));

    Dataset third = mapped.epoch(1, 3);

    assertThat(mapped.augmentation()).isEqualTo("plus the epoch");
    assertThat(third.batch(new int[] {1}).input().toFloats()).containsExactly(1 + 3);
    assertThat(third.classIds()).containsExactly(2, 0, 1);
  }

  /** A data set to whose inputs each epoch adds its number. */
  private record Augmented(Dataset source, int epoch) implements Dataset {
    @Override
    public int size() {
      return source.size();
    }

    @Override
    public List<String> classes() {
      return source.classes();
    }

    @Override
    public Dataset epoch(long seed, int number) {
      return new Augmented(source, number);
    }

    @Override
    public String augmentation() {
      return "plus the epoch";
    }

    @Override
    public Batch batch(int[] indices) {
      Batch batch = source.batch(indices);
      float[] values = batch.input().toFloats();
      for (int i = 0; i < values.length; i++) {
        values[i] += epoch;
      }
      return Batch.of(Tensor.of(batch.input().shape(), values), batch.label());
    }
  }

  /** A data set whose samples have any number of classes. */
  private record MultiLabel(Dataset source) implements Dataset {
    @Override
    public int size() {
      return source.size();
    }

    @Override
    public List<String> classes() {
      return source.classes();
    }

    @Override
    public boolean isMultiLabel() {
      return true;
    }

    @Override
    public Batch batch(int[] indices) {
      return source.batch(indices);
    }
  }

  @Test
  void the_same_classes_leave_the_data_as_it_is() {
    Dataset data = data(MODEL, 0, 1, 2);
    assertThat(ClassMapping.of("net", MODEL, data).of(data)).isSameAs(data);
  }

  @Test
  void numbers_that_both_sides_have_are_names() {
    List<String> numbers = List.of("0", "1", "2", "3");
    Dataset sorted = data(List.of("0", "3", "2"), 0, 1, 2);
    assertThat(ClassMapping.of("net", numbers, sorted).ids()).containsExactly(0, 3, 2);
  }

  @Test
  void numbers_instead_of_names_are_paired_by_position() {
    Dataset named = data(MODEL, 0, 1, 2);
    assertThat(ClassMapping.of("net", List.of(), named).isIdentity()).isTrue();
    assertThat(ClassMapping.of("net", List.of("0", "1", "2"), named).isIdentity()).isTrue();
    Dataset numbered = data(List.of("0", "1", "2"), 0, 1, 2);
    assertThat(ClassMapping.of("net", MODEL, numbered).isIdentity()).isTrue();
  }

  @Test
  void a_class_that_the_model_does_not_know_is_refused_with_both_lists() {
    assertThatThrownBy(() -> ClassMapping.of("net", MODEL, data(List.of("bee", "yak"), 0, 1)))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "data has the class yak, which net lacks: the model has ant, bee, cat, the data bee, yak;"
                + " rename the classes that are the same, or remove the others");
  }

  @Test
  void data_sets_one_after_another_are_one() {
    Dataset all =
        new ConcatDataset("all", List.of(data(MODEL, 2, 1), data(MODEL, 0), data(MODEL, 1, 1, 2)));
    assertThat(all.size()).isEqualTo(6);
    assertThat(all.classIds()).containsExactly(2, 1, 0, 1, 1, 2);
    Batch batch = all.batch(new int[] {5, 0, 1, 2});
    assertThat(batch.label().toLongs()).containsExactly(2, 2, 1, 0);
    assertThat(batch.input().toFloats()).containsExactly(2, 0, 1, 0);
    assertThatThrownBy(() -> all.batch(new int[] {6})).hasMessageContaining("has no sample 6");
    assertThatThrownBy(
            () -> new ConcatDataset("all", List.of(data(MODEL, 0), data(List.of("a", "b"), 0))))
        .hasMessageContaining("their inputs or classes differ");
  }

  /** Samples that are their own index. */
  private static Dataset data(List<String> classes, long... labels) {
    float[] values = new float[labels.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    return Dataset.of(
            Tensor.of(Shape.of(labels.length, 1), values),
            Tensor.of(Shape.of(labels.length), labels))
        .classes(classes);
  }
}
