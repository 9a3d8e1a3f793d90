package dev.trifocal.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.backend.Backend;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.backend.TrainingSession;
import dev.trifocal.testkit.conformance.ContractTopic;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The loss curves of small networks match PyTorch's. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class CurveContract {
  /** The absolute tolerance of a loss; losses fall from about 2 towards 0. */
  static final double TOLERANCE = 1e-3;

  @RegisterExtension
  final ConformanceReport report =
      new ConformanceReport(ContractTopic.CURVES, () -> backend().name());

  private final GoldenValues golden = GoldenValues.load("curves");

  /** The backend under test. */
  protected abstract Backend backend();

  @TestFactory
  Stream<DynamicTest> fifty_steps_stay_on_PyTorchs_curve() {
    return LossCurve.all().stream()
        .map(one -> DynamicTest.dynamicTest(one.name(), () -> stays(one)));
  }

  private void stays(LossCurve one) {
    FloatBuffer expected = golden.tensor(one.name() + "/loss").floats();
    try (TrainingSession session =
        backend().train(one.plan(), one.start(golden), RunOptions.DEFAULT)) {
      List<Double> losses = one.steps(session, golden, 1, LossCurve.STEPS);
      for (int i = 0; i < losses.size(); i++) {
        double off = Math.abs(losses.get(i) - expected.get(i));
        assertThat(off)
            .as("loss of step %d is %s, expected %s", i + 1, losses.get(i), expected.get(i))
            .isLessThanOrEqualTo(TOLERANCE);
        report.add(one.name(), "loss", off);
      }
    }
  }
}
