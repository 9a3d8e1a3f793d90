package dev.trifocal.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.random.RandomStream;
import dev.trifocal.shape.Shape;
import dev.trifocal.train.Adagrad;
import dev.trifocal.train.Adam;
import dev.trifocal.train.AdamW;
import dev.trifocal.train.Arithmetic;
import dev.trifocal.train.NAdam;
import dev.trifocal.train.Optimizer;
import dev.trifocal.train.RmsProp;
import dev.trifocal.train.Sgd;
import dev.trifocal.train.SoftmaxCrossEntropy;
import dev.trifocal.train.TrainingPlan;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Arrays are float buffers here; backends hold this update to PyTorch's optimizers. */
class InPlaceUpdateTest {
  /** More elements than a thread takes at once. */
  private static final int ELEMENTS = 150_000;

  private static final Map<String, Shape> WEIGHT = Map.of("w", Shape.of(ELEMENTS));

  private static final List<Optimizer> OPTIMIZERS =
      List.of(
          Sgd.of(0.1),
          Adam.of(1e-3),
          AdamW.of(1e-3),
          NAdam.of(1e-3),
          RmsProp.of(1e-3),
          Adagrad.of(1e-2));

  /** Gradient descent with a rate divided by the sum of all magnitudes, and so not elementwise. */
  private record SummingUp(double learningRate) implements Optimizer {
    @Override
    public SummingUp learningRate(double value) {
      return new SummingUp(value);
    }

    @Override
    public SummingUp weightDecay(double value) {
      return this;
    }

    @Override
    public List<String> slots() {
      return List.of();
    }

    @Override
    public <T> Update<T> update(
        Arithmetic<T> math, T weight, T gradient, Map<String, T> slots, Map<String, T> scalars) {
      T rate = math.divide(scalars.get(LEARNING_RATE), math.sum(math.abs(weight)));
      return new Update<>(math.subtract(weight, math.multiply(rate, gradient)), Map.of());
    }
  }

  @Test
  void gradient_descent_moves_weights_against_their_gradients() {
    FloatBuffer weights = random("weights");
    float[] before = weights.array().clone();
    FloatBuffer gradients = random("gradients");
    float[] same = gradients.array().clone();
    step(Sgd.of(0.25), 2, weights, gradients, new ArrayList<>());
    assertThat(gradients.array()).isEqualTo(same);
    for (int i = 0; i < ELEMENTS; i++) {
      assertThat(weights.get(i)).isEqualTo(before[i] - 0.25f * same[i]);
    }
  }

  @Test
  void the_number_of_threads_makes_no_difference() {
    for (Optimizer optimizer : OPTIMIZERS) {
      List<FloatBuffer> alone = new ArrayList<>();
      List<FloatBuffer> three = new ArrayList<>();
      FloatBuffer first = random("weights");
      FloatBuffer second = random("weights");
      step(optimizer, 1, first, random("gradients"), alone);
      step(optimizer, 3, second, random("gradients"), three);
      assertThat(second).as(optimizer.toString()).isEqualTo(first).isNotEqualTo(random("weights"));
      assertThat(three).isEqualTo(alone);
    }
  }

  @Test
  void formulas_that_sum_up_elements_are_not_covered() {
    try (InPlaceUpdate<FloatBuffer> update =
        InPlaceUpdate.of(plan(new SummingUp(0.1)), WEIGHT, 1, Function.identity())) {
      assertThat(update.covers("w")).isFalse();
    }
  }

  private static TrainingPlan plan(Optimizer optimizer) {
    return TrainingPlan.of(new SoftmaxCrossEntropy(), optimizer);
  }

  /** Takes a step; slots begin as zeros and are added to the list. */
  private static void step(
      Optimizer optimizer,
      int threads,
      FloatBuffer weights,
      FloatBuffer gradients,
      List<FloatBuffer> slots) {
    TrainingPlan plan = plan(optimizer);
    List<Map<String, FloatBuffer>> named = new ArrayList<>();
    for (int i = 0; i < optimizer.slots().size(); i++) {
      slots.add(FloatBuffer.allocate(ELEMENTS));
      named.add(Map.of("w", slots.get(i)));
    }
    try (InPlaceUpdate<FloatBuffer> update =
        InPlaceUpdate.of(plan, WEIGHT, threads, Function.identity())) {
      assertThat(update.covers("w")).as(optimizer.toString()).isTrue();
      update.run(
          Map.of("w", weights),
          Map.of("w", gradients),
          named,
          plan.scalars(1, optimizer.learningRate()));
    }
  }

  private static FloatBuffer random(String name) {
    RandomStream random = RandomStream.of(1).at(name);
    float[] values = new float[ELEMENTS];
    for (int i = 0; i < ELEMENTS; i++) {
      values[i] = random.uniform(i) - 0.5f;
    }
    return FloatBuffer.wrap(values);
  }
}
