package dev.trifocal.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.backend.Backend;
import dev.trifocal.backend.Device;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.backend.TrainingSession;
import dev.trifocal.testkit.conformance.ContractTopic;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.trainer.RunDirectory;
import dev.trifocal.trainer.TrainingState;
import dev.trifocal.weights.Weights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Agreement between engines: equal initial losses and loss curves, resumption of another engine's
 * run, and no interference within one process.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class CrossEngineContract {
  private static final double FIRST_LOSS = 1e-6;
  private static final double STATE = 1e-4;
  private static final int STOP = 25;

  @RegisterExtension
  final ConformanceReport report =
      new ConformanceReport(ContractTopic.BETWEEN_ENGINES, () -> "engines");

  private final GoldenValues golden = GoldenValues.load("curves");
  private final Map<String, List<Double>> curves = new HashMap<>();

  /** The engines to compare; with fewer than two, the contract is skipped. */
  protected abstract List<Backend> backends();

  private record EnginePair(Backend first, Backend second) {
    @Override
    public String toString() {
      return first.name() + " " + second.name();
    }
  }

  private interface Check {
    void on(LossCurve curve, EnginePair pair);
  }

  @TestFactory
  Stream<DynamicTest> two_engines_learn_along_one_curve_from_one_first_loss() {
    return onPairs(unordered(), this::oneCurve);
  }

  @TestFactory
  Stream<DynamicTest> a_training_saved_by_one_engine_goes_on_in_another(@TempDir Path folder) {
    return onPairs(ordered(), (curve, pair) -> goesOn(curve, pair, folder));
  }

  @TestFactory
  Stream<DynamicTest> frozen_parts_statistics_and_slots_carry_over(@TempDir Path folder) {
    return ordered().stream()
        .map(p -> DynamicTest.dynamicTest(p.toString(), () -> carriesOver(p, folder)));
  }

  @TestFactory
  Stream<DynamicTest> two_engines_in_turns_do_not_disturb_one_another() {
    return onPairs(unordered(), this::undisturbed);
  }

  private void oneCurve(LossCurve curve, EnginePair pair) {
    List<Double> first = curve(curve, pair.first);
    List<Double> second = curve(curve, pair.second);
    MaxDeviation.require("first loss", second.get(0), first.get(0), FIRST_LOSS);
    report.add(pair.toString(), "curve", near(second, first));
  }

  private void goesOn(LossCurve curve, EnginePair pair, Path folder) {
    List<Double> uninterrupted = curve(curve, pair.first);
    Checkpoint stopped = trained(curve, pair.first, curve.start(golden), 1, STOP);
    Checkpoint read = throughFiles(curve, stopped, folder.resolve(pair + " " + curve.name()));
    assertThat(read).isEqualTo(stopped);
    try (TrainingSession session = session(curve, pair.second, read)) {
      assertThat(session.snapshot()).isEqualTo(stopped);
      List<Double> rest = curve.steps(session, golden, STOP + 1, LossCurve.STEPS);
      MaxDeviation.require("loss after the change", rest.get(0), uninterrupted.get(STOP), STATE);
      double off = near(rest, uninterrupted.subList(STOP, LossCurve.STEPS));
      report.add(pair.toString(), "resume", off);
    }
  }

  private void carriesOver(EnginePair pair, Path folder) {
    LossCurve curve = LossCurve.residualWithout("unit1");
    Checkpoint start = curve.start(golden);
    Checkpoint stopped = trained(curve, pair.first, start, 1, 5);
    Checkpoint read = throughFiles(curve, stopped, folder.resolve(pair.toString()));
    Checkpoint changed = trained(curve, pair.second, read, 6, 10);
    Checkpoint uninterrupted = trained(curve, pair.first, stopped, 6, 10);
    Set<String> moved = WeightChanges.changed(start.weights(), changed.weights());
    assertThat(moved).isEqualTo(curve.moving());
    near(changed.weights(), uninterrupted.weights(), pair);
    Map<String, Weights> slots = changed.slots();
    assertThat(slots).containsOnlyKeys(curve.plan().optimizer().slots());
    slots.forEach((slot, values) -> near(values, uninterrupted.slots().get(slot), pair));
  }

  private void undisturbed(LossCurve curve, EnginePair pair) {
    int steps = 6;
    List<Double> alone = alone(curve, pair.first, steps);
    List<Double> other = alone(curve, pair.second, steps);
    try (TrainingSession first = session(curve, pair.first, curve.start(golden));
        TrainingSession second = session(curve, pair.second, curve.start(golden))) {
      for (int step = 1; step <= steps; step++) {
        assertThat(curve.step(first, golden, step)).isEqualTo(alone.get(step - 1));
        assertThat(curve.step(second, golden, step)).isEqualTo(other.get(step - 1));
      }
    }
  }

  /** Returns the whole curve, which is computed once. */
  private List<Double> curve(LossCurve curve, Backend backend) {
    return curves.computeIfAbsent(
        backend.name() + " " + curve.name(), key -> alone(curve, backend, LossCurve.STEPS));
  }

  private List<Double> alone(LossCurve curve, Backend backend, int steps) {
    try (TrainingSession session = session(curve, backend, curve.start(golden))) {
      return curve.steps(session, golden, 1, steps);
    }
  }

  private Checkpoint trained(
      LossCurve curve, Backend backend, Checkpoint from, int first, int last) {
    try (TrainingSession session = session(curve, backend, from)) {
      curve.steps(session, golden, first, last);
      return session.snapshot();
    }
  }

  private static TrainingSession session(LossCurve curve, Backend backend, Checkpoint from) {
    // With more threads, engines waiting for work would compete for the same cores.
    return backend.train(curve.plan(), from, new RunOptions(Device.CPU, 1));
  }

  private static Checkpoint throughFiles(LossCurve curve, Checkpoint checkpoint, Path folder) {
    RunDirectory files = RunDirectory.at(folder);
    files.last(TrainingState.start(checkpoint, curve.plan(), List.of(), List.of()));
    return RunDirectory.at(folder).last().checkpoint();
  }

  /** Checks that two curves agree and returns their largest difference. */
  private static double near(List<Double> actual, List<Double> expected) {
    assertThat(actual).hasSameSizeAs(expected);
    double largest = 0;
    for (int i = 0; i < actual.size(); i++) {
      double off = Math.abs(actual.get(i) - expected.get(i));
      assertThat(off)
          .as("loss %d is %s, but %s on the other engine", i, actual.get(i), expected.get(i))
          .isLessThanOrEqualTo(CurveContract.TOLERANCE);
      largest = Math.max(largest, off);
    }
    return largest;
  }

  private void near(Weights actual, Weights expected, EnginePair pair) {
    assertThat(actual.tensors()).containsOnlyKeys(expected.tensors().keySet());
    expected
        .tensors()
        .forEach(
            (name, tensor) ->
                report.add(
                    pair.toString(),
                    "state",
                    MaxDeviation.require(name, actual.tensor(name), tensor, STATE)));
  }

  private Stream<DynamicTest> onPairs(List<EnginePair> pairs, Check check) {
    return pairs.stream()
        .flatMap(
            pair ->
                LossCurve.all().stream()
                    .map(
                        curve ->
                            DynamicTest.dynamicTest(
                                pair + " " + curve, () -> check.on(curve, pair))));
  }

  private List<EnginePair> unordered() {
    List<Backend> all = backends();
    Assumptions.assumeTrue(all.size() > 1, "requires two engines, but found " + all.size());
    List<EnginePair> result = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      for (int j = i + 1; j < all.size(); j++) {
        result.add(new EnginePair(all.get(i), all.get(j)));
      }
    }
    return result;
  }

  private List<EnginePair> ordered() {
    List<EnginePair> result = new ArrayList<>();
    for (EnginePair pair : unordered()) {
      result.add(pair);
      result.add(new EnginePair(/* first= */ pair.second, /* second= */ pair.first));
    }
    return result;
  }
}
