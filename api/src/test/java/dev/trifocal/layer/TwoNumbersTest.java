package dev.trifocal.layer;

import static dev.trifocal.layer.Layer.avgPool;
import static dev.trifocal.layer.Layer.conv;
import static dev.trifocal.layer.Layer.convTranspose;
import static dev.trifocal.layer.Layer.maxPool;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.shape.Shape;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Heights and widths, in this order. */
class TwoNumbersTest {
  private static final List<Shape> IMAGE = List.of(Shape.of(3, 10, 17));

  @Test
  void a_kernel_has_rows_and_columns() {
    assertThat(conv(8, 1, 7).outputShape(IMAGE)).isEqualTo(Shape.of(8, 10, 11));
    assertThat(conv(8, 1, 7).parameters(IMAGE).get(0).shape()).isEqualTo(Shape.of(8, 3, 1, 7));
    assertThat(convTranspose(8, 1, 7).outputShape(IMAGE)).isEqualTo(Shape.of(8, 10, 23));
    assertThat(maxPool(2, 5).outputShape(IMAGE)).isEqualTo(Shape.of(3, 5, 3));
    assertThat(avgPool(2, 5).outputShape(IMAGE)).isEqualTo(Shape.of(3, 5, 3));
  }

  @Test
  void strides_paddings_and_dilations_have_them_too() {
    Conv2d conv = conv(8, 3).stride(2, 3).padding(0, 1).dilation(1, 2);
    assertThat(conv.window())
        .isEqualTo(
            new Window(
                Size2d.square(3),
                new Size2d(2, 3),
                new Padding(0, 1, 0, 1),
                new Size2d(1, 2),
                Rounding.FLOOR));
    assertThat(convTranspose(8, 3).stride(2, 3).padding(0, 1).dilation(1, 2).window())
        .isEqualTo(conv.window());
    assertThat(maxPool(3).stride(2, 3).padding(0, 1).outputShape(IMAGE))
        .isEqualTo(Shape.of(3, 4, 6));
    assertThat(avgPool(3).stride(2, 3).padding(0, 1).outputShape(IMAGE))
        .isEqualTo(Shape.of(3, 4, 6));
  }

  @ParameterizedTest
  @MethodSource
  void every_activation_function_has_a_factory(Class<?> function) {
    assertThat(
            Stream.of(Layer.class.getMethods())
                .filter(method -> method.getReturnType() == Activation.class)
                .filter(
                    method -> method.getParameterCount() == function.getRecordComponents().length)
                .map(method -> method.getName().toLowerCase(java.util.Locale.ROOT)))
        .contains(function.getSimpleName().toLowerCase(java.util.Locale.ROOT));
  }

  static Stream<Class<?>> every_activation_function_has_a_factory() {
    return Stream.of(ActivationFunction.class.getPermittedSubclasses());
  }
}
