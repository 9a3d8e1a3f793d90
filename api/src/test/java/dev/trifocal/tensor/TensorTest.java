package dev.trifocal.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.error.TrifocalException;
import dev.trifocal.shape.Shape;
import java.nio.ByteOrder;
import java.nio.ReadOnlyBufferException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TensorTest {
  private static final Tensor SIX = Tensor.of(Shape.of(2, 3), 1.5f, 2, 3, 4, 5, -6);

  @Test
  void a_tensor_keeps_its_shape_type_and_values() {
    assertThat(SIX.shape()).isEqualTo(Shape.of(2, 3));
    assertThat(SIX.type()).isEqualTo(DataType.FLOAT32);
    assertThat(SIX.toFloats()).containsExactly(1.5f, 2, 3, 4, 5, -6);
    assertThat(SIX).hasToString("FLOAT32[2, 3]");
  }

  @Test
  void whole_numbers_make_an_int64_tensor() {
    Tensor labels = Tensor.of(Shape.of(2), new long[] {Long.MIN_VALUE, 7});
    assertThat(labels.type()).isEqualTo(DataType.INT64);
    assertThat(labels.toLongs()).containsExactly(Long.MIN_VALUE, 7);
  }

  @Test
  void a_scalar_has_no_axes_and_one_element() {
    assertThat(Tensor.scalar(2.5f).shape()).isEqualTo(Shape.of());
    assertThat(Tensor.scalar(2.5f).toFloats()).containsExactly(2.5f);
  }

  @ParameterizedTest
  @EnumSource
  void bytes_are_little_endian_and_as_many_as_the_type_takes(DataType type) {
    Tensor tensor = Tensor.make(Shape.of(3, 2), type, buffer -> buffer.put((byte) 9));
    assertThat(tensor.bytes().remaining()).isEqualTo(6 * type.bytes());
    assertThat(tensor.bytes().order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
    assertThat(tensor.bytes().get(0)).isEqualTo((byte) 9);
    assertThat(tensor.bytes().isDirect()).isTrue();
  }

  @Test
  void what_the_filler_leaves_out_is_zero() {
    assertThat(Tensor.floats(Shape.of(3), buffer -> buffer.put(1, 4)).toFloats())
        .containsExactly(0, 4, 0);
  }

  @Test
  void changing_the_source_array_changes_nothing() {
    float[] floats = {1, 2};
    long[] longs = {1, 2};
    Tensor a = Tensor.of(Shape.of(2), floats);
    Tensor b = Tensor.of(Shape.of(2), longs);
    floats[0] = 9;
    longs[0] = 9;
    assertThat(a.toFloats()).containsExactly(1, 2);
    assertThat(b.toLongs()).containsExactly(1, 2);
  }

  @Test
  void changing_a_copy_changes_nothing() {
    SIX.toFloats()[0] = 9;
    assertThat(SIX.toFloats()[0]).isEqualTo(1.5f);
  }

  @Test
  void its_buffers_cannot_be_written_to() {
    assertThatThrownBy(() -> SIX.floats().put(0, 9)).isInstanceOf(ReadOnlyBufferException.class);
    assertThatThrownBy(() -> SIX.bytes().put(0, (byte) 9))
        .isInstanceOf(ReadOnlyBufferException.class);
  }

  @Test
  void reading_to_the_end_does_not_move_another_reader() {
    SIX.floats().get(new float[6]);
    SIX.bytes().get(new byte[24]);
    assertThat(SIX.floats().remaining()).isEqualTo(6);
    assertThat(SIX.bytes().remaining()).isEqualTo(24);
  }

  @Test
  void reshape_keeps_the_elements_in_their_order() {
    Tensor reshaped = SIX.reshape(Shape.of(3, 1, 2));
    assertThat(reshaped.shape()).isEqualTo(Shape.of(3, 1, 2));
    assertThat(reshaped.toFloats()).containsExactly(SIX.toFloats());
    assertThat(SIX.shape()).isEqualTo(Shape.of(2, 3));
  }

  @Test
  void reshape_refuses_another_number_of_elements() {
    assertThatThrownBy(() -> SIX.reshape(Shape.of(4)))
        .isInstanceOf(TrifocalException.class)
        .hasMessage("a tensor of shape [4] has 4 elements, but got 6");
  }

  @Test
  void a_wrong_number_of_values_is_refused() {
    assertThatThrownBy(() -> Tensor.of(Shape.of(2, 2), 1f, 2, 3))
        .isInstanceOf(TrifocalException.class)
        .hasMessage("a tensor of shape [2, 2] has 4 elements, but got 3");
    assertThatThrownBy(() -> Tensor.of(Shape.of(), new long[2]))
        .isInstanceOf(TrifocalException.class)
        .hasMessage("a tensor of shape [] has 1 elements, but got 2");
  }

  @Test
  void elements_are_not_read_as_another_type() {
    Tensor labels = Tensor.of(Shape.of(2), new long[] {1, 2});
    assertThatThrownBy(labels::floats)
        .isInstanceOf(TrifocalException.class)
        .hasMessage("expected a tensor of type FLOAT32, but got INT64[2]");
    assertThatThrownBy(labels::toFloats).isInstanceOf(TrifocalException.class);
    assertThatThrownBy(SIX::toLongs)
        .isInstanceOf(TrifocalException.class)
        .hasMessage("expected a tensor of type INT64, but got FLOAT32[2, 3]");
  }

  @Test
  void two_gibibytes_are_refused_before_any_memory_is_taken() {
    assertThatThrownBy(() -> Tensor.floats(Shape.of(1 << 15, 1 << 14), TensorTest::neverFilled))
        .isInstanceOf(TrifocalException.class)
        .hasMessage(
            "a tensor of shape [32768, 16384] has 536,870,912 elements of 4 bytes;"
                + " the limit is 2 GiB");
    assertThatThrownBy(
            () ->
                Tensor.make(
                    Shape.of(1 << 20, 1 << 20, 1 << 20), DataType.UINT8, TensorTest::neverFilled))
        .isInstanceOf(TrifocalException.class)
        .hasMessageContaining("1,152,921,504,606,846,976 elements of 1 bytes");
  }

  @Test
  void tensors_are_equal_where_shape_type_and_bits_are() {
    Tensor same = Tensor.of(Shape.of(2, 3), 1.5f, 2, 3, 4, 5, -6);
    assertThat(same).isEqualTo(SIX).hasSameHashCodeAs(SIX);
    assertThat(Tensor.of(Shape.of(2, 3), 1.5f, 2, 3, 4, 5, 6)).isNotEqualTo(SIX);
    assertThat(SIX.reshape(Shape.of(3, 2))).isNotEqualTo(SIX);
    assertThat(Tensor.of(Shape.of(2), 0f, 0))
        .isNotEqualTo(Tensor.make(Shape.of(2), DataType.INT32, buffer -> {}));
    assertThat(Tensor.scalar(Float.NaN)).isEqualTo(Tensor.scalar(Float.NaN));
    assertThat(Tensor.scalar(0f)).isNotEqualTo(Tensor.scalar(-0f));
  }

  @Test
  void a_tensor_whose_filler_left_the_position_at_the_end_equals_one_that_did_not() {
    Tensor moved = Tensor.make(Shape.of(2), DataType.UINT8, buffer -> buffer.put(new byte[2]));
    Tensor stayed = Tensor.make(Shape.of(2), DataType.UINT8, buffer -> {});
    assertThat(moved).isEqualTo(stayed);
  }

  private static void neverFilled(Object buffer) {
    throw new AssertionError("memory was taken: " + buffer);
  }
}
