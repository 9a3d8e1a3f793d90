package dev.trifocal.apps.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.trifocal.apps.engine.FoundBackends;
import dev.trifocal.backend.Backend;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.backend.TrainingSession;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.train.Adagrad;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.train.Schedule;
import dev.trifocal.train.TrainingPlan;
import dev.trifocal.zoo.Zoo;
import dev.trifocal.zoo.ZooModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every network of the zoo learns a few images by heart. */
class ZooLearningTest {
  private static final int STEPS = 10;
  private static final int LAST = 3;
  private static final double RATE = 3e-4;

  /**
   * Nothing in a {@link LearnableTask} is left to chance: without learning, no loss differs at all.
   */
  private static final double ENOUGH = 0.9;

  private final List<Backend> backends = FoundBackends.all();

  @TestFactory
  Stream<DynamicContainer> ten_steps_reduce_the_loss() {
    return Zoo.list().stream()
        .map(model -> dynamicContainer(model.name(), Stream.of(model).flatMap(this::tests)));
  }

  private Stream<DynamicTest> tests(ZooModel model) {
    LearnableTask learnableTask = LearnableTask.of(model);
    Checkpoint start = Checkpoint.start(learnableTask.graph(), learnableTask.weights(), 3);
    return backends.stream().map(b -> dynamicTest(b.name(), () -> learns(b, learnableTask, start)));
  }

  private static void learns(Backend backend, LearnableTask learnableTask, Checkpoint start) {
    List<Double> losses = losses(backend, learnableTask, start);
    double last =
        losses.subList(STEPS - LAST, STEPS).stream().mapToDouble(loss -> loss).sum() / LAST;
    assertThat(last).as("losses %s", losses).isLessThan(ENOUGH * losses.get(0));
  }

  private static List<Double> losses(
      Backend backend, LearnableTask learnableTask, Checkpoint start) {
    TrainingPlan plan =
        new TrainingPlan(learnableTask.objectives(), Adagrad.of(RATE), new Schedule.Constant());
    Map<String, Tensor> inputs = learnableTask.inputs();
    Map<String, Tensor> labels = learnableTask.labels();
    List<Double> losses = new ArrayList<>();
    try (TrainingSession session = backend.train(plan, start, RunOptions.DEFAULT)) {
      for (int step = 0; step < STEPS; step++) {
        losses.add(session.step(inputs, labels, RATE).loss());
      }
    }
    return losses;
  }
}
