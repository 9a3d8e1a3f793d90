package dev.trifocal.backend.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.backend.RunOptions;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;

class AxisSumsTest {
  static List<int[]> axes() {
    return List.of(
        new int[] {0},
        new int[] {1},
        new int[] {3},
        new int[] {0, 3},
        new int[] {2, 3},
        new int[] {0, 2, 3},
        new int[] {1, 2, 3},
        new int[] {0, 1, 2, 3});
  }

  @ParameterizedTest
  @MethodSource("axes")
  void sums_are_those_of_a_loop(int... axes) {
    long[] sizes = {2, 3, 4, 5};
    float[] values = new float[2 * 3 * 4 * 5];
    for (int i = 0; i < values.length; i++) {
      values[i] = (i * 37) % 11 - 5;
    }
    Nd4jRuntime.run(
        "net",
        RunOptions.DEFAULT,
        () -> {
          try (BufferPool memory = new BufferPool()) {
            Nd4jOperators operators = new Nd4jOperators(memory, new Unobserved());
            INDArray array = HostTransfer.array(memory, values, sizes);
            INDArray sums = new AxisSums(operators).of(array, axes);
            assertThat(HostTransfer.tensor(sums).toFloats())
                .isEqualTo(expected(values, sizes, axes));
            // A view is summed, too: the second sample.
            INDArray view = ArrayViews.part(array, 0, 1, 2, 1);
            INDArray ofView = new AxisSums(operators).of(view, axes);
            assertThat(HostTransfer.tensor(ofView).toFloats())
                .isEqualTo(
                    expected(Arrays.copyOfRange(values, 60, 120), new long[] {1, 3, 4, 5}, axes));
            return 0;
          }
        });
  }

  private static float[] expected(float[] values, long[] sizes, int... axes) {
    long[] kept = sizes.clone();
    for (int axis : axes) {
      kept[axis] = 1;
    }
    float[] result = new float[(int) (kept[0] * kept[1] * kept[2] * kept[3])];
    for (int i = 0; i < values.length; i++) {
      long rest = i;
      long[] index = new long[4];
      for (int axis = 3; axis >= 0; axis--) {
        index[axis] = kept[axis] == 1 ? 0 : rest % sizes[axis];
        rest /= sizes[axis];
      }
      long at = 0;
      for (int axis = 0; axis < 4; axis++) {
        at = at * kept[axis] + index[axis];
      }
      result[(int) at] += values[i];
    }
    return result;
  }

  @Test
  void values_that_are_not_finite_stay_in_their_row() {
    float infinity = Float.POSITIVE_INFINITY;
    float[] values = {infinity, 1, infinity, -infinity, Float.NaN, 0, 2, 3};
    assertThat(sums(values, new long[] {4, 2}, 1))
        .containsExactly(infinity, Float.NaN, Float.NaN, 5);
  }

  @Test
  void rows_longer_than_the_vector_of_ones_are_summed_too() {
    float[] values = new float[2 * ((1 << 18) + 1)];
    Arrays.fill(values, 0.5f);
    assertThat(sums(values, new long[] {2, (1 << 18) + 1}, 1))
        .containsExactly((1 << 17) + 0.5f, (1 << 17) + 0.5f);
  }

  private static float[] sums(float[] values, long[] sizes, int... axes) {
    return Nd4jRuntime.run(
        "net",
        RunOptions.DEFAULT,
        () -> {
          try (BufferPool memory = new BufferPool()) {
            Nd4jOperators operators = new Nd4jOperators(memory, new Unobserved());
            INDArray array = HostTransfer.array(memory, values, sizes);
            INDArray sums = new AxisSums(operators).of(array, axes);
            float[] result = HostTransfer.tensor(sums).toFloats();
            operators.release(sums, array);
            return result;
          }
        });
  }
}
