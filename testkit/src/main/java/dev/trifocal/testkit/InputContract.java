package dev.trifocal.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.backend.Backend;
import dev.trifocal.backend.Program;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.backend.TrainingSession;
import dev.trifocal.error.DataException;
import dev.trifocal.graph.Graph;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.testkit.conformance.ContractTopic;
import dev.trifocal.train.Checkpoint;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Incompatible inputs and labels are rejected with a message and change nothing. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class InputContract {
  @RegisterExtension
  final ConformanceReport report =
      new ConformanceReport(ContractTopic.INPUTS, () -> backend().name());

  /** The backend under test. */
  protected abstract Backend backend();

  private record Bad(Map<String, Tensor> inputs, Map<String, Tensor> labels, String message) {}

  @TestFactory
  Stream<DynamicTest> a_step_refuses_what_does_not_fit_and_goes_on_unchanged() {
    Map<String, Bad> all = new LinkedHashMap<>(badInputs());
    all.putAll(badLabels());
    return all.entrySet().stream()
        .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> stepRefuses(e.getValue())));
  }

  @TestFactory
  Stream<DynamicTest> a_prediction_refuses_what_does_not_fit() {
    return badInputs().entrySet().stream()
        .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> predictionRefuses(e.getValue())));
  }

  @TestFactory
  Stream<DynamicTest> a_program_refuses_what_does_not_fit_and_runs_on() {
    return badInputs().entrySet().stream()
        .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> programRefuses(e.getValue())));
  }

  private static Map<String, Bad> badInputs() {
    Map<String, Tensor> labels = PracticeNetworks.labels(1, 2);
    Tensor wide = PracticeNetworks.noise("wide", 1, Shape.of(2, 2, 6, 6));
    Tensor flat = PracticeNetworks.noise("flat", 1, Shape.of(2, 60));
    Tensor whole = Tensor.of(Shape.of(2, 2, 6, 5), new long[120]);
    Map<String, Bad> result = new LinkedHashMap<>();
    result.put("a missing input", new Bad(Map.of(), labels, "input"));
    result.put("a wider input", new Bad(Map.of(Graph.INPUT, wide), labels, "input"));
    result.put("a flat input", new Bad(Map.of(Graph.INPUT, flat), labels, "input"));
    result.put("an input of whole numbers", new Bad(Map.of(Graph.INPUT, whole), labels, "input"));
    return result;
  }

  private static Map<String, Bad> badLabels() {
    Map<String, Tensor> inputs = PracticeNetworks.inputs(1, 2);
    Tensor high = Tensor.of(Shape.of(2), 0L, 3L);
    Tensor negative = Tensor.of(Shape.of(2), -1L, 0L);
    Tensor shares = PracticeNetworks.noise("shares", 1, Shape.of(2, 4));
    Map<String, Bad> result = new LinkedHashMap<>();
    result.put("missing labels", new Bad(inputs, Map.of(), Graph.OUTPUT));
    result.put("a label too high", new Bad(inputs, Map.of(Graph.OUTPUT, high), "3 classes"));
    result.put("a negative label", new Bad(inputs, Map.of(Graph.OUTPUT, negative), "3 classes"));
    result.put(
        "too many labels", new Bad(inputs, PracticeNetworks.labels(1, 3), "but are INT64[3]"));
    result.put("misshapen shares", new Bad(inputs, Map.of(Graph.OUTPUT, shares), "[2, 3]"));
    result.put(
        "one value per channel for batch norm",
        new Bad(PracticeNetworks.inputs(1, 1), PracticeNetworks.labels(1, 1), "norm"));
    return result;
  }

  private void stepRefuses(Bad bad) {
    Checkpoint start = Checkpoint.start(PracticeNetworks.net(), 1);
    try (TrainingSession session =
            backend().train(PracticeNetworks.plan(), start, RunOptions.DEFAULT);
        TrainingSession other =
            backend().train(PracticeNetworks.plan(), start, RunOptions.DEFAULT)) {
      PracticeNetworks.steps(session, 1, 1);
      PracticeNetworks.steps(other, 1, 1);
      assertThatThrownBy(() -> session.step(bad.inputs, bad.labels, 0.01))
          .isInstanceOf(DataException.class)
          .hasMessageContaining(bad.message);
      assertThat(session.snapshot()).isEqualTo(other.snapshot());
      assertThat(PracticeNetworks.steps(session, 2, 2))
          .isEqualTo(PracticeNetworks.steps(other, 2, 2));
    }
  }

  private void predictionRefuses(Bad bad) {
    Checkpoint start = Checkpoint.start(PracticeNetworks.net(), 1);
    try (TrainingSession session =
        backend().train(PracticeNetworks.plan(), start, RunOptions.DEFAULT)) {
      assertThatThrownBy(() -> session.predict(bad.inputs))
          .isInstanceOf(DataException.class)
          .hasMessageContaining(bad.message);
      assertThat(session.snapshot()).isEqualTo(start(session, start));
    }
  }

  private static Checkpoint start(TrainingSession session, Checkpoint start) {
    return new Checkpoint(
        start.graph(), start.weights(), session.snapshot().slots(), start.step(), start.seed());
  }

  private void programRefuses(Bad bad) {
    Graph net = PracticeNetworks.net();
    try (Program program = backend().compile(net, net.initialWeights(1), RunOptions.DEFAULT)) {
      Map<String, Tensor> before = program.run(PracticeNetworks.inputs(1, 2));
      assertThatThrownBy(() -> program.run(bad.inputs))
          .isInstanceOf(DataException.class)
          .hasMessageContaining(bad.message);
      assertThat(program.run(PracticeNetworks.inputs(1, 2))).isEqualTo(before);
    }
  }
}
