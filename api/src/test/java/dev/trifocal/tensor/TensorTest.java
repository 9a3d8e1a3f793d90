package dev.trifocal.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.error.TrifocalException;
import dev.trifocal.shape.Shape;
import java.nio.ReadOnlyBufferException;
import org.junit.jupiter.api.Test;

class TensorTest {
  @Test
  void elements_come_back_as_given() {
    assertThat(Tensor.of(Shape.of(2, 2), 1f, 2, 3, 4).toFloats()).containsExactly(1, 2, 3, 4);
    assertThat(Tensor.of(Shape.of(2), 5L, -6).toLongs()).containsExactly(5, -6);
    assertThat(Tensor.scalar(7).toFloats()).containsExactly(7);
  }

  @Test
  void bytes_are_little_endian() {
    assertThat(Tensor.of(Shape.of(1), 1L).bytes().get(0)).isEqualTo((byte) 1);
  }

  @Test
  void nobody_can_write_into_a_tensor() {
    Tensor tensor = Tensor.of(Shape.of(1), 1f);
    assertThatThrownBy(() -> tensor.floats().put(0, 2)).isInstanceOf(ReadOnlyBufferException.class);
    assertThatThrownBy(() -> tensor.bytes().put(0, (byte) 2))
        .isInstanceOf(ReadOnlyBufferException.class);
  }

  @Test
  void reading_does_not_use_a_tensor_up() {
    Tensor tensor = Tensor.of(Shape.of(2), 1f, 2);
    tensor.floats().get(new float[2]);
    tensor.bytes().getLong();
    assertThat(tensor.toFloats()).containsExactly(1, 2);
    assertThat(tensor).isEqualTo(Tensor.of(Shape.of(2), 1f, 2));
  }

  @Test
  void equality_is_of_bits_shape_and_type() {
    Tensor nan = Tensor.of(Shape.of(1), Float.NaN);
    assertThat(nan)
        .isEqualTo(Tensor.of(Shape.of(1), Float.NaN))
        .hasSameHashCodeAs(Tensor.of(Shape.of(1), Float.NaN));
    assertThat(Tensor.of(Shape.of(1), 0f)).isNotEqualTo(Tensor.of(Shape.of(1), -0f));
    assertThat(Tensor.of(Shape.of(2), 0f, 0)).isNotEqualTo(Tensor.of(Shape.of(2, 1), 0f, 0));
    assertThat(Tensor.of(Shape.of(1), 0L))
        .isNotEqualTo(Tensor.make(Shape.of(1), DataType.FLOAT64, b -> {}));
  }

  @Test
  void another_shape_keeps_the_elements() {
    Tensor tensor = Tensor.of(Shape.of(2, 3), 1f, 2, 3, 4, 5, 6).reshape(Shape.of(3, 2));
    assertThat(tensor.shape()).isEqualTo(Shape.of(3, 2));
    assertThat(tensor.toFloats()).containsExactly(1, 2, 3, 4, 5, 6);
  }

  @Test
  void counts_that_do_not_fit_are_refused() {
    assertThatThrownBy(() -> Tensor.of(Shape.of(2, 2), 1f))
        .isInstanceOf(TrifocalException.class)
        .hasMessage("a tensor of shape [2, 2] has 4 elements, but got 1");
    assertThatThrownBy(() -> Tensor.scalar(1).reshape(Shape.of(2)))
        .isInstanceOf(TrifocalException.class);
  }

  @Test
  void the_wrong_type_is_refused() {
    assertThatThrownBy(() -> Tensor.of(Shape.of(3), 1L, 2, 3).floats())
        .isInstanceOf(TrifocalException.class)
        .hasMessage("expected a tensor of type FLOAT32, but got INT64[3]");
  }

  @Test
  void two_gibibytes_are_too_many() {
    assertThatThrownBy(() -> Tensor.floats(Shape.of(1 << 29), b -> {}))
        .isInstanceOf(TrifocalException.class)
        .hasMessage(
            "a tensor of shape [536870912] has 536,870,912 elements of 4 bytes; the limit is 2 GiB");
    assertThatThrownBy(() -> Tensor.floats(Shape.of(1 << 30, 1 << 30, 2), b -> {}))
        .isInstanceOf(TrifocalException.class);
  }
}
