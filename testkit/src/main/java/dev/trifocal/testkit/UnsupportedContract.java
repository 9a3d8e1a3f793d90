package dev.trifocal.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.backend.Backend;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.backend.UnsupportedNode;
import dev.trifocal.error.UnsupportedLayerException;
import dev.trifocal.graph.Graph;
import dev.trifocal.testkit.conformance.ContractTopic;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.train.MeanSquaredError;
import dev.trifocal.train.Sgd;
import dev.trifocal.train.TrainingPlan;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A backend rejects exactly the graphs that it declares unsupported, with a message that names the
 * graph and every unsupported node, and accepts all others.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class UnsupportedContract {
  @RegisterExtension
  final ConformanceReport report =
      new ConformanceReport(ContractTopic.UNSUPPORTED, () -> backend().name());

  /** The backend under test. */
  protected abstract Backend backend();

  @TestFactory
  Stream<DynamicTest> what_is_called_unsupported_is_refused_and_nothing_else() {
    return LayerCases.all().stream()
        .map(one -> DynamicTest.dynamicTest(one.name(), () -> truthful(one)));
  }

  private void truthful(LayerCase one) {
    Graph graph = one.learnedGraph();
    Checkpoint start = Checkpoint.start(graph, 1);
    TrainingPlan plan = TrainingPlan.of(new MeanSquaredError(), Sgd.of(1));
    List<UnsupportedNode> unsupported = backend().unsupported(graph);
    unsupported.forEach(u -> assertThat(graph.node(u.path()).layer().kind()).isEqualTo(u.kind()));
    judge(
        graph,
        unsupported,
        () -> backend().compile(graph, start.weights(), RunOptions.DEFAULT).close());
    judge(graph, unsupported, () -> backend().train(plan, start, RunOptions.DEFAULT).close());
  }

  private static void judge(Graph graph, List<UnsupportedNode> unsupported, ThrowingCallable call) {
    if (unsupported.isEmpty()) {
      assertThatCode(call).doesNotThrowAnyException();
      return;
    }
    String[] reasons = unsupported.stream().map(UnsupportedNode::toString).toArray(String[]::new);
    assertThatThrownBy(call)
        .isInstanceOf(UnsupportedLayerException.class)
        .hasMessageStartingWith(graph.name() + ": ")
        .hasMessageContainingAll(reasons);
  }
}
