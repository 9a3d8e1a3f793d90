package dev.trifocal.backend.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.random.RandomStream;
import dev.trifocal.tensor.Tensor;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MemoryLayoutTest {
  private static final Shape TWO = new Shape(2, 2);
  private static final Shape ONE = new Shape(1, 1);

  private final ArrayStore store = ArrayStore.open(RunOptions.DEFAULT);
  private EngineScope scope;

  @BeforeEach
  void open() {
    scope = EngineScope.recording();
  }

  @AfterEach
  void close() {
    scope.close();
    store.close();
  }

  @Test
  void images_lie_channels_last_and_are_read_in_the_order_of_their_shape() {
    Tensor image = Tensor.of(dev.trifocal.shape.Shape.of(1, 2, 1, 3), 1f, 2f, 3f, 4f, 5f, 6f);
    PtNDArray copy = store.copy(image);

    assertThat(floats(MemoryLayout.memory(copy))).containsExactly(1, 4, 2, 5, 3, 6);
    assertThat(ArrayStore.host(copy)).isEqualTo(image);
  }

  @Test
  void other_arrays_lie_in_the_order_of_their_shape() {
    Tensor matrix = Tensor.of(dev.trifocal.shape.Shape.of(2, 3), 1f, 2f, 3f, 4f, 5f, 6f);
    PtNDArray copy = store.copy(matrix);

    assertThat(floats(MemoryLayout.memory(copy))).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(ArrayStore.host(copy)).isEqualTo(matrix);
  }

  @Test
  void the_memory_of_a_copy_is_shared() {
    PtNDArray copy = store.copy(random(2, 3, 4, 5));
    assertThat(isChannelsLast(copy)).isTrue();
  }

  @Test
  void zeros_lie_as_copies_do() {
    dev.trifocal.shape.Shape kernel = dev.trifocal.shape.Shape.of(2, 3, 4, 5);
    PtNDArray zeros = store.zeros(Map.of("kernel", kernel)).get("kernel");
    assertThat(isChannelsLast(zeros)).isTrue();
    assertThat(ArrayStore.host(zeros)).isEqualTo(Tensor.floats(kernel, buffer -> {}));
  }

  @Test
  void layers_and_their_gradients_keep_the_layout_and_have_the_values_of_the_usual_one() {
    List<PtNDArray> last = arrays(array -> array);
    List<PtNDArray> first = arrays(MemoryLayoutTest::usual);

    assertThat(last).allMatch(MemoryLayoutTest::isChannelsLast);
    assertThat(first.subList(0, 2)).noneMatch(MemoryLayoutTest::isChannelsLast);
    for (int i = 0; i < last.size(); i++) {
      assertThat(ArrayStore.host(last.get(i)).toFloats())
          .containsExactly(ArrayStore.host(first.get(i)).toFloats(), within(1e-5f));
    }
  }

  /** Returns images and kernels, what layers make of them, and the gradient of the kernels. */
  private List<PtNDArray> arrays(UnaryOperator<PtNDArray> layout) {
    PtNDArray images = layout.apply(store.copy(random(2, 3, 8, 6)));
    PtNDArray kernels = layout.apply(store.copy(random(5, 3, 3, 3)));
    JniUtils.attachGradient(kernels, true);
    List<PtNDArray> result = new ArrayList<>(List.of(images, kernels));
    PtNDArray features = JniUtils.convolution(images, kernels, null, ONE, ONE, ONE, 1);
    result.add(features);
    result.add(JniUtils.relu(features));
    result.add(JniUtils.maxPool(features, TWO, TWO, WindowGeometry.NO_PADDING, false));
    result.add(JniUtils.add(features, JniUtils.relu(features)));
    JniUtils.backward(
        JniUtils.reshape(JniUtils.sum(JniUtils.square(features)), new long[] {1}),
        JniUtils.reshape(store.number(1e-3), new long[] {1}),
        false,
        false);
    result.add(JniUtils.getGradient(kernels));
    return result;
  }

  private static PtNDArray usual(PtNDArray array) {
    return JniUtils.detachGradient(JniUtils.tile(array, new long[] {1, 1, 1, 1}));
  }

  /** Returns whether the elements lie channels last: two views see the same memory, not copies. */
  private static boolean isChannelsLast(PtNDArray array) {
    FloatBuffer memory = MemoryLayout.memory(array);
    float before = memory.get(0);
    memory.put(0, before + 1);
    boolean shared = MemoryLayout.memory(array).get(0) == before + 1;
    memory.put(0, before);
    return shared;
  }

  private static float[] floats(FloatBuffer buffer) {
    float[] result = new float[buffer.remaining()];
    buffer.get(result);
    return result;
  }

  private static Tensor random(int... shape) {
    RandomStream random = RandomStream.of(1);
    return Tensor.floats(
        dev.trifocal.shape.Shape.of(shape),
        buffer -> {
          for (int i = 0; i < buffer.capacity(); i++) {
            buffer.put(i, (float) random.uniform(i, -1, 1));
          }
        });
  }
}
