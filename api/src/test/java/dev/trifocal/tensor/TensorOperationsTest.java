package dev.trifocal.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.error.TrifocalException;
import dev.trifocal.shape.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TensorOperationsTest {
  private static final Tensor SIX = Tensor.of(Shape.of(2, 3), 1.5f, 2, 3, 4, 5, -6);
  private static final Tensor CUBE = counted(Shape.of(2, 3, 4));

  @Test
  void an_element_is_found_by_one_index_per_axis() {
    assertThat(SIX.get(1, 2)).isEqualTo(-6);
    assertThat(CUBE.get(1, 2, 3)).isEqualTo(23);
    assertThat(CUBE.get(1, 0, 2)).isEqualTo(14);
    assertThat(Tensor.scalar(7).get()).isEqualTo(7);
    assertThat(Tensor.of(Shape.of(2), 4L, 1L << 40).getLong(1)).isEqualTo(1L << 40);
  }

  @Test
  void a_wrong_index_names_the_axis_and_its_range() {
    assertThatThrownBy(() -> SIX.get(0, 3))
        .isInstanceOf(TrifocalException.class)
        .hasMessage("index 3 is out of range for axis 1 of FLOAT32[2, 3]; it runs from 0 to 2");
    assertThatThrownBy(() -> SIX.get(-1, 0)).hasMessageContaining("index -1 is out of range");
    assertThatThrownBy(() -> SIX.get(1)).hasMessage("FLOAT32[2, 3] has 2 axes, but got 1 indices");
    assertThatThrownBy(() -> SIX.getLong(1, 1)).hasMessageContaining("type INT64");
    assertThatThrownBy(() -> SIX.row(2)).hasMessageContaining("axis 0 of FLOAT32[2, 3]");
    assertThatThrownBy(() -> SIX.rows(0, 2)).hasMessageContaining("index 2 is out of range");
    assertThatThrownBy(() -> Tensor.scalar(1).row(0))
        .hasMessage("FLOAT32[] is a scalar and has no axis 0");
  }

  @Test
  void a_slice_keeps_every_axis() {
    assertThat(SIX.slice(1, 1, 3)).isEqualTo(Tensor.of(Shape.of(2, 2), 2f, 3, 5, -6));
    assertThat(SIX.slice(-1, 1, 3)).isEqualTo(SIX.slice(1, 1, 3));
    assertThat(SIX.slice(0, 1, 2)).isEqualTo(Tensor.of(Shape.of(1, 3), 4f, 5, -6));
    assertThat(CUBE.slice(1, 1, 2).toFloats()).containsExactly(4, 5, 6, 7, 16, 17, 18, 19);
    assertThat(SIX.slice(1, 0, 3)).isEqualTo(SIX);
  }

  @Test
  void a_slice_that_is_empty_or_leaves_the_axis_is_refused() {
    assertThatThrownBy(() -> SIX.slice(1, 2, 4))
        .isInstanceOf(TrifocalException.class)
        .hasMessage("cannot slice axis 1 of FLOAT32[2, 3] from 2 to 4; use 0 <= from < to <= 3");
    assertThatThrownBy(() -> SIX.slice(1, 2, 2)).hasMessageContaining("from 2 to 2");
    assertThatThrownBy(() -> SIX.slice(2, 0, 1))
        .hasMessage("FLOAT32[2, 3] has no axis 2; its axes are 0 to 1");
  }

  @ParameterizedTest
  @EnumSource
  void rows_are_taken_whatever_the_type(DataType type) {
    Tensor numbers =
        Tensor.make(
            Shape.of(3, 2),
            type,
            buffer -> {
              for (byte i = 0; buffer.hasRemaining(); i++) {
                buffer.put(i);
              }
            });
    Tensor taken = numbers.rows(2, 0, 2);
    assertThat(taken.shape()).isEqualTo(Shape.of(3, 2));
    assertThat(taken.row(0)).isEqualTo(numbers.row(2));
    assertThat(taken.row(1)).isEqualTo(numbers.row(0));
    assertThat(taken.row(2)).isEqualTo(numbers.row(2));
    assertThat(numbers.row(1).shape()).isEqualTo(Shape.of(2));
  }

  @Test
  void a_row_can_be_sliced_read_and_joined_like_any_tensor() {
    Tensor row = CUBE.row(1);
    assertThat(row.get(2, 3)).isEqualTo(23);
    assertThat(row.row(1).toFloats()).containsExactly(16, 17, 18, 19);
    assertThat(row.bytes().get(0)).isEqualTo(CUBE.bytes().get(48));
    assertThat(row.hashCode()).isEqualTo(CUBE.rows(1).reshape(3, 4).hashCode());
  }

  @Test
  void concatenation_undoes_slicing_along_any_axis() {
    for (int axis = 0; axis < 3; axis++) {
      int size = CUBE.shape().size(axis);
      assertThat(Tensor.concat(axis, List.of(CUBE.slice(axis, 0, 1), CUBE.slice(axis, 1, size))))
          .isEqualTo(CUBE);
    }
    assertThat(Tensor.concat(-1, List.of(SIX, SIX)).toFloats())
        .containsExactly(1.5f, 2, 3, 1.5f, 2, 3, 4, 5, -6, 4, 5, -6);
  }

  @Test
  void tensors_that_do_not_belong_together_are_not_concatenated() {
    assertThatThrownBy(() -> Tensor.concat(0, List.of(SIX, Tensor.of(Shape.of(1, 2), 1f, 2))))
        .isInstanceOf(TrifocalException.class)
        .hasMessage(
            "cannot concatenate FLOAT32[2, 3] and FLOAT32[1, 2] along axis 0:"
                + " type and all other sizes must be equal");
    assertThatThrownBy(() -> Tensor.concat(0, List.of(SIX, Tensor.of(Shape.of(1, 3), 1L, 2, 3))))
        .hasMessageContaining("INT64[1, 3]");
    assertThatThrownBy(() -> Tensor.concat(0, List.of(SIX, SIX.row(0))))
        .hasMessageContaining("FLOAT32[3]");
    assertThatThrownBy(() -> Tensor.concat(0, List.of()))
        .hasMessage("concatenation needs at least one tensor");
  }

  @Test
  void the_largest_element_is_found_along_an_axis() {
    assertThat(SIX.argMax(1)).isEqualTo(Tensor.of(Shape.of(2), 2L, 1));
    assertThat(SIX.argMax(-1)).isEqualTo(SIX.argMax(1));
    assertThat(SIX.argMax(0)).isEqualTo(Tensor.of(Shape.of(3), 1L, 1, 0));
    assertThat(Tensor.of(Shape.of(4), 1f, 3, 3, 2).argMax(0).getLong()).isEqualTo(1);
    assertThat(Tensor.of(Shape.of(3), 1f, Float.NaN, 5).argMax(0).getLong()).isEqualTo(1);
  }

  @Test
  void softmax_makes_shares_of_one_along_an_axis() {
    assertThat(SIX.softmax(1).toFloats())
        .usingComparatorWithPrecision(1e-6f)
        .containsExactly(
            0.14024438f, 0.2312239f, 0.6285317f, 0.26893812f, 0.7310497f, 1.220977e-5f);
    assertThat(SIX.softmax(0).get(0, 2)).isEqualTo((float) (1 / (1 + Math.exp(-9))));
    assertThat(Tensor.of(Shape.of(2), 1000f, 1000).softmax(0).toFloats()).containsExactly(.5f, .5f);
  }

  @Test
  void one_size_of_a_new_shape_may_be_left_open() {
    assertThat(CUBE.reshape(6, -1).shape()).isEqualTo(Shape.of(6, 4));
    assertThat(CUBE.reshape(-1).shape()).isEqualTo(Shape.of(24));
    assertThat(CUBE.reshape(4, 3, 2).get(3, 2, 1)).isEqualTo(23);
    assertThatThrownBy(() -> CUBE.reshape(5, -1))
        .hasMessage("a tensor of shape [5, 4] has 20 elements, but got 24");
    assertThatThrownBy(() -> CUBE.reshape(-1, -1)).hasMessageContaining("must not be negative");
  }

  @Test
  void elements_are_printed_as_numpy_does() {
    assertThat(SIX.format())
        .isEqualTo("[[ 1.5000,  2.0000,  3.0000],\n [ 4.0000,  5.0000, -6.0000]]");
    assertThat(CUBE.format())
        .isEqualTo(
            """
            [[[ 0,  1,  2,  3],
              [ 4,  5,  6,  7],
              [ 8,  9, 10, 11]],

             [[12, 13, 14, 15],
              [16, 17, 18, 19],
              [20, 21, 22, 23]]]""");
    assertThat(Tensor.scalar(2.5f).format()).isEqualTo("2.5000");
    assertThat(Tensor.of(Shape.of(2), 1e-9f, Float.NaN).format())
        .isEqualTo("[1.0000e-09,        NaN]");
    assertThat(Tensor.of(Shape.of(1), Long.MIN_VALUE).format()).isEqualTo("[-9223372036854775808]");
    Tensor bytes = Tensor.make(Shape.of(2), DataType.UINT8, buffer -> buffer.put((byte) -1));
    assertThat(bytes.format()).isEqualTo("[255,   0]");
  }

  @Test
  void the_middle_of_a_large_tensor_is_left_out() {
    assertThat(counted(Shape.of(1001)).format())
        .isEqualTo("[   0,    1,    2, ...,  998,  999, 1000]");
    assertThat(counted(Shape.of(200, 8)).format().lines())
        .hasSize(7)
        .contains(" ...,", " [1592, 1593, 1594, ..., 1597, 1598, 1599]]");
  }

  private static Tensor counted(Shape shape) {
    return Tensor.floats(
        shape,
        buffer -> {
          for (int i = 0; buffer.hasRemaining(); i++) {
            buffer.put(i);
          }
        });
  }
}
