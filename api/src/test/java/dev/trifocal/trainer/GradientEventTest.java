package dev.trifocal.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.trifocal.error.CallbackException;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.train.Clipping;
import dev.trifocal.train.Schedule;
import dev.trifocal.train.Sgd;
import dev.trifocal.weights.Weights;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A callback sees the gradients of the last step of the epochs that it chooses. */
class GradientEventTest {
  private static final double RATE = 0.25;

  private static final TrainingState START =
      ToyProblem.start(ToyProblem.plan(Sgd.of(RATE)).schedule(new Schedule.Constant()));

  /** Collects the gradients of every second epoch. */
  private static final class Collector implements Callback {
    private final List<GradientEvent> events = new ArrayList<>();
    private final List<String> order = new ArrayList<>();

    @Override
    public boolean wantsGradients(int epoch) {
      return epoch % 2 == 0;
    }

    @Override
    public void gradientsComputed(GradientEvent gradients) {
      events.add(gradients);
      order.add("gradients of step " + gradients.step());
    }

    @Override
    public void stepEnded(StepEvent step, TrainingControl control) {
      order.add("step " + step.step());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void the_weights_move_against_the_gradients(int accumulate) {
    Collector collector = new Collector();
    TrainingState last =
        ToyProblem.trainer(collector)
            .fit(
                START,
                ToyProblem.DATA,
                ToyProblem.OPTIONS.epochs(2).accumulate(accumulate),
                new MemoryCheckpoints(),
                StopSignal.NEVER)
            .last();
    assertThat(collector.events).hasSize(1);
    GradientEvent event = collector.events.get(0);
    assertThat(event.epoch()).isEqualTo(2);
    assertThat(event.step()).isEqualTo(last.checkpoint().step());
    Weights after = last.checkpoint().weights();
    assertThat(event.gradients().tensors()).containsOnlyKeys(after.tensors().keySet());
    after
        .tensors()
        .forEach(
            (name, tensor) -> {
              float[] before = event.weights().tensor(name).toFloats();
              float[] gradient = event.gradients().tensor(name).toFloats();
              float[] found = tensor.toFloats();
              for (int i = 0; i < found.length; i++) {
                assertThat((double) found[i])
                    .isCloseTo(before[i] - RATE * gradient[i], within(1e-6));
              }
            });
  }

  @Test
  void they_come_before_the_end_of_their_step() {
    Collector collector = new Collector();
    ToyProblem.trainer(Callbacks.of(collector, Callbacks.none()))
        .fit(
            START,
            ToyProblem.DATA,
            ToyProblem.OPTIONS.epochs(2),
            new MemoryCheckpoints(),
            StopSignal.NEVER);
    assertThat(collector.order)
        .containsExactly(
            "step 1",
            "step 2",
            "step 3",
            "step 4",
            "step 5",
            "step 6",
            "step 7",
            "gradients of step 8",
            "step 8");
  }

  @Test
  void they_are_not_clipped() {
    Collector clipped = new Collector();
    trained(
        ToyProblem.start(
            ToyProblem.plan(Sgd.of(RATE))
                .schedule(new Schedule.Constant())
                .clipping(new Clipping.ByValue(1e-3))),
        clipped);
    // Clipping has kept the weights near their start, where gradients are large.
    assertThat(largest(clipped.events.get(0))).isGreaterThan(1e-2f);
  }

  @Test
  void only_callbacks_that_want_them_get_them() {
    Collector collector = new Collector();
    Callback other =
        new Callback() {
          @Override
          public void gradientsComputed(GradientEvent gradients) {
            throw new AssertionError("not asked for");
          }
        };
    trained(START, Callbacks.of(other, collector));
    assertThat(collector.events).hasSize(1);
  }

  @Test
  void a_callback_that_fails_is_named() {
    Callback failing =
        new Callback() {
          @Override
          public boolean wantsGradients(int epoch) {
            throw new IllegalStateException("no answer");
          }

          @Override
          public String name() {
            return "oracle";
          }
        };
    assertThatThrownBy(() -> trained(START, Callbacks.of(failing)))
        .isInstanceOf(CallbackException.class)
        .hasMessageStartingWith("the callback oracle failed: no answer (epoch 1, batch 3)");
  }

  @Test
  void a_failure_comes_after_the_step_is_counted() {
    MemoryCheckpoints saved = new MemoryCheckpoints();
    Callback failing =
        new Callback() {
          @Override
          public boolean wantsGradients(int epoch) {
            return epoch == 2;
          }

          @Override
          public void gradientsComputed(GradientEvent gradients) {
            throw new IllegalStateException("no more paper");
          }

          @Override
          public String name() {
            return "printer";
          }
        };
    assertThatThrownBy(
            () ->
                ToyProblem.trainer(Callbacks.of(failing))
                    .fit(START, ToyProblem.DATA, ToyProblem.OPTIONS, saved, StopSignal.NEVER))
        .isInstanceOf(CallbackException.class)
        .hasMessage(
            "the callback printer failed: no more paper (epoch 2, batch 4); the state after step 8"
                + " is saved");
    assertThat(saved.last().checkpoint().step()).isEqualTo(8);
    assertThat(saved.last().progress().batch()).isEqualTo(4);
  }

  @Test
  void watching_gradients_changes_no_result_beyond_rounding() {
    TrainingState plain = trained(START, Callbacks.none());
    TrainingState watched = trained(START, new Collector());
    plain
        .checkpoint()
        .weights()
        .tensors()
        .forEach(
            (name, tensor) ->
                assertThat(watched.checkpoint().weights().tensor(name).toFloats())
                    .containsExactly(tensor.toFloats(), within(1e-6f)));
  }

  private static float largest(GradientEvent event) {
    float result = 0;
    for (Tensor gradient : event.gradients().tensors().values()) {
      for (float element : gradient.toFloats()) {
        result = Math.max(result, Math.abs(element));
      }
    }
    return result;
  }

  private static TrainingState trained(TrainingState start, Callback callback) {
    return ToyProblem.trainer(callback)
        .fit(start, ToyProblem.DATA, ToyProblem.OPTIONS, new MemoryCheckpoints(), StopSignal.NEVER)
        .last();
  }
}
