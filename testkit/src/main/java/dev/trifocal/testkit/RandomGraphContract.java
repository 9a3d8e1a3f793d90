package dev.trifocal.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.backend.Backend;
import dev.trifocal.backend.Program;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.backend.StepResult;
import dev.trifocal.backend.TrainingSession;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.testkit.conformance.ContractTopic;
import dev.trifocal.testkit.randomgraph.OperationChoice;
import dev.trifocal.testkit.randomgraph.RandomGraph;
import dev.trifocal.testkit.reference.FiniteDifferences;
import dev.trifocal.testkit.reference.ReferenceArray;
import dev.trifocal.weights.Weights;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterProperty;

/**
 * Layers in unforeseen combinations: small random graphs, the same in each run, match the reference
 * and its finite differences.
 */
public abstract class RandomGraphContract {
  /** The tolerance for gradients; finite differences are exact to about 1e-6. */
  static final double GRADIENT = 1e-3;

  private final ConformanceReport report =
      new ConformanceReport(ContractTopic.RANDOM_GRAPHS, () -> backend().name());

  /** The backend under test. */
  protected abstract Backend backend();

  @Provide
  Arbitrary<List<OperationChoice>> moves() {
    Arbitrary<Integer> number = Arbitraries.integers().between(0, 999);
    return Combinators.combine(number, number, number, number, number)
        .as(OperationChoice::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(9);
  }

  @Property(tries = 50, seed = "20261101", edgeCases = EdgeCasesMode.NONE)
  void a_random_graph_gives_what_the_reference_gives_and_learns_along_its_slopes(
      @ForAll int start, @ForAll("moves") List<OperationChoice> moves) {
    RandomGraphTrial trial = new RandomGraphTrial(RandomGraph.draw(start, moves));
    Assume.that(trial.isSteady());
    Assume.that(backend().unsupported(trial.graph()).isEmpty());
    evaluated(trial);
    trained(trial);
    report.countCase();
  }

  @AfterProperty
  void report() {
    report.write();
  }

  private void evaluated(RandomGraphTrial trial) {
    try (Program program =
        backend().compile(trial.graph(), trial.start().weights(), RunOptions.DEFAULT)) {
      Map<String, Tensor> outputs = program.run(trial.inputs());
      trial.reference().run(trial.arrays()).forEach((n, e) -> forward(trial, n, outputs, e));
    }
  }

  private void trained(RandomGraphTrial trial) {
    try (TrainingSession session =
        backend().train(trial.plan(), trial.start(), RunOptions.DEFAULT)) {
      StepResult result = session.step(trial.inputs(), trial.labels(), RandomGraphTrial.RATE);
      trial
          .reference()
          .train(trial.arrays(), trial.training())
          .outputs()
          .forEach((n, e) -> forward(trial, "trained " + n, result.outputs(), e));
      FiniteDifferences slopes = trial.differences();
      MaxDeviation.require("loss", result.loss(), slopes.loss(), MaxDeviation.FORWARD);
      gradients(trial, slopes, session.snapshot().weights());
    }
  }

  private void forward(
      RandomGraphTrial trial, String what, Map<String, Tensor> outputs, ReferenceArray expected) {
    Tensor actual = outputs.get(what.replace("trained ", ""));
    String where = trial + " " + what;
    double off = MaxDeviation.require(where, actual, expected.toTensor(), MaxDeviation.FORWARD);
    report.add("all", "forward", off);
  }

  private void gradients(RandomGraphTrial trial, FiniteDifferences slopes, Weights after) {
    Map<String, ReferenceArray> expected = trial.gradients(slopes);
    double floor = RandomGraphTrial.floor(expected.values());
    expected.forEach(
        (name, gradient) -> {
          Weights before = trial.start().weights();
          Tensor actual = WeightChanges.gradient(before, after, name, RandomGraphTrial.RATE);
          String where = trial + " gradient of " + name;
          double off = RandomGraphTrial.deviation(actual, gradient, floor);
          assertThat(off <= GRADIENT)
              .as("%s deviates by %.1e, more than %.0e", where, off, GRADIENT)
              .isTrue();
          report.add("all", "gradient", off);
        });
  }
}
