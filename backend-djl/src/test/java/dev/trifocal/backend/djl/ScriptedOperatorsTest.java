package dev.trifocal.backend.djl;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import org.junit.jupiter.api.Test;

class ScriptedOperatorsTest {
  @Test
  void hard_tanh_passes_no_gradient_at_its_bounds() {
    try (ArrayStore store = ArrayStore.open(RunOptions.DEFAULT);
        PtNDArray x = store.copy(Tensor.of(Shape.of(5), -2f, -1.5f, 1f, 6f, 7f))) {
      JniUtils.attachGradient(x, true);
      // More than once, because TorchScript optimizes what it has run before.
      for (int run = 1; run <= 4; run++) {
        PtNDArray y;
        try (EngineScope scope = EngineScope.recording()) {
          y = scope.keep(store.scripts().hardTanh(x, -1.5, 6));
          JniUtils.backward(
              JniUtils.reshape(JniUtils.sum(y), new long[] {1}),
              JniUtils.reshape(store.number(1), new long[] {1}),
              false,
              false);
        }
        assertThat(ArrayStore.host(y).toFloats()).containsExactly(-1.5f, -1.5f, 1, 6, 6);
        assertThat(ArrayStore.host(JniUtils.getGradient(x)).toFloats())
            .containsExactly(0, 0, run, 0, 0);
      }
    }
  }

  @Test
  void without_recording_there_is_no_gradient() {
    try (ArrayStore store = ArrayStore.open(RunOptions.DEFAULT);
        PtNDArray x = store.copy(Tensor.of(Shape.of(1), 3f))) {
      JniUtils.attachGradient(x, true);
      try (EngineScope scope = EngineScope.plain()) {
        PtNDArray y = scope.keep(store.scripts().hardTanh(x, 0, 6));
        assertThat(JniUtils.requiresGrad(y)).isFalse();
      }
    }
  }

  @Test
  void bounds_may_be_infinite_or_small() {
    try (ArrayStore store = ArrayStore.open(RunOptions.DEFAULT);
        PtNDArray x = store.copy(Tensor.of(Shape.of(3), -1e30f, 0f, 1e30f))) {
      ScriptedOperators scripts = store.scripts();
      assertThat(ArrayStore.host(scripts.hardTanh(x, Double.NEGATIVE_INFINITY, 1e-12)).toFloats())
          .containsExactly(-1e30f, 0, 1e-12f);
      assertThat(ArrayStore.host(scripts.hardTanh(x, 1.0, Double.POSITIVE_INFINITY)).toFloats())
          .containsExactly(1, 1, 1e30f);
    }
  }
}
