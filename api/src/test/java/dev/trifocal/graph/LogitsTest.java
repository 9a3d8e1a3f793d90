package dev.trifocal.graph;

import static dev.trifocal.layer.Layer.conv;
import static dev.trifocal.layer.Layer.dense;
import static dev.trifocal.layer.Layer.flatten;
import static dev.trifocal.layer.Layer.globalAvgPool;
import static dev.trifocal.layer.Layer.logSoftmax;
import static dev.trifocal.layer.Layer.reshape;
import static dev.trifocal.layer.Layer.softmax;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.layer.ScoreKind;
import dev.trifocal.shape.Shape;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The logits of a classifier")
class LogitsTest {
  @Test
  void areItsOutputWhereItEndsInThem() {
    Graph graph = drawn(v -> v.then(flatten()).then("fc", dense(4)));
    assertThat(Logits.of(graph).graph().outputs().values()).containsExactly("fc");
    assertThat(Logits.of(graph).softmax()).isEmpty();
    assertThat(Logits.scores(graph)).isEqualTo(ScoreKind.LOGITS);
  }

  @Test
  void areBeforeASoftmax() {
    Graph graph = drawn(v -> v.then(flatten()).then("fc", dense(4)).then(softmax()));
    Logits logits = Logits.of(graph);
    assertThat(logits.graph().output(Graph.OUTPUT).path()).isEqualTo("fc");
    assertThat(logits.softmax()).contains("softmax");
    assertThat(Logits.scores(graph)).isEqualTo(ScoreKind.PROBABILITIES);
  }

  @Test
  void areBeforeASoftmaxOverMapsOfOnePixelThatIsShownInAnotherShape() {
    Graph graph =
        drawn(
            v -> v.then("conv", conv(4, 1)).then(globalAvgPool()).then(softmax()).then(reshape(4)));
    Logits logits = Logits.of(graph);
    assertThat(logits.graph().output(Graph.OUTPUT).shape()).isEqualTo(Shape.of(4));
    assertThat(logits.graph().output(Graph.OUTPUT).inputs()).containsExactly("globalavgpool");
    assertThat(logits.softmax()).contains("softmax");
  }

  @Test
  void areLogarithmsOfProbabilitiesToo() {
    Graph graph = drawn(v -> v.then(flatten()).then("fc", dense(4)).then(logSoftmax()));
    assertThat(Logits.of(graph).graph().output(Graph.OUTPUT).path()).isEqualTo("logsoftmax");
  }

  @Test
  void areNotBeforeASoftmaxOfEachPixel() {
    Graph graph = drawn(v -> v.then("conv", conv(4, 1)).then(softmax()));
    Logits logits = Logits.of(graph);
    assertThat(logits.graph().output(Graph.OUTPUT).path()).isEqualTo("softmax");
    assertThat(logits.softmax()).isEmpty();
  }

  /** As a file has it: with names of its own. */
  private static Graph drawn(UnaryOperator<Value> network) {
    GraphBuilder builder = new GraphBuilder("net");
    return builder.output("prob", network.apply(builder.input("data", Shape.of(3, 5, 6)))).graph();
  }
}
