package dev.trifocal.graph;

import static dev.trifocal.layer.Layer.activation;
import static dev.trifocal.layer.Layer.conv;
import static dev.trifocal.layer.Layer.dense;
import static dev.trifocal.layer.Layer.flatten;
import static dev.trifocal.layer.Layer.globalAvgPool;
import static dev.trifocal.layer.Layer.logSoftmax;
import static dev.trifocal.layer.Layer.reshape;
import static dev.trifocal.layer.Layer.sigmoid;
import static dev.trifocal.layer.Layer.softmax;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.layer.ActivationFunction;
import dev.trifocal.layer.Affine;
import dev.trifocal.layer.ScoreKind;
import dev.trifocal.shape.Shape;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The logits of a classifier")
class LogitsTest {
  @Test
  void areItsOutputWhereItEndsInThem() {
    Graph graph = drawn(v -> v.then(flatten()).then("fc", dense(4)));
    assertThat(Logits.of(graph).graph().outputs().values()).containsExactly("fc");
    assertThat(Logits.of(graph).removed()).isEmpty();
    assertThat(Logits.of(graph).kind()).isEqualTo(ScoreKind.LOGITS);
  }

  @Test
  void areBeforeASoftmax() {
    Graph graph = drawn(v -> v.then(flatten()).then("fc", dense(4)).then(softmax()));
    Logits logits = Logits.of(graph);
    assertThat(logits.graph().output(Graph.OUTPUT).path()).isEqualTo("fc");
    assertThat(logits.removed()).contains("softmax");
    assertThat(Logits.of(graph).kind()).isEqualTo(ScoreKind.PROBABILITIES);
  }

  @Test
  void areBeforeASoftmaxOverMapsOfOnePixelThatIsShownInAnotherShape() {
    Graph graph =
        drawn(
            v -> v.then("conv", conv(4, 1)).then(globalAvgPool()).then(softmax()).then(reshape(4)));
    Logits logits = Logits.of(graph);
    assertThat(logits.graph().output(Graph.OUTPUT).shape()).isEqualTo(Shape.of(4));
    assertThat(logits.graph().output(Graph.OUTPUT).inputs()).containsExactly("globalavgpool");
    assertThat(logits.removed()).contains("softmax");
  }

  @Test
  void areLogarithmsOfProbabilitiesToo() {
    Graph graph = drawn(v -> v.then(flatten()).then("fc", dense(4)).then(logSoftmax()));
    assertThat(Logits.of(graph).graph().output(Graph.OUTPUT).path()).isEqualTo("logsoftmax");
  }

  @Test
  void areBeforeASigmoid() {
    Graph graph = drawn(v -> v.then(flatten()).then("fc", dense(1)).then(sigmoid()));
    Logits logits = Logits.of(graph);
    assertThat(logits.graph().output(Graph.OUTPUT).path()).isEqualTo("fc");
    assertThat(logits.kind()).isEqualTo(ScoreKind.SIGMOID);
  }

  @Test
  void areBeforeASoftmaxThatIsClipped() {
    Graph graph =
        drawn(
            v ->
                v.then(flatten())
                    .then("fc", dense(4))
                    .then("prob", softmax())
                    .then(activation(new ActivationFunction.Clip(1e-7, 1 - 1e-7))));
    Logits logits = Logits.of(graph);
    assertThat(logits.graph().output(Graph.OUTPUT).path()).isEqualTo("fc");
    assertThat(logits.removed()).contains("prob");
    assertThat(logits.kind()).isEqualTo(ScoreKind.PROBABILITIES);
  }

  @Test
  void areTheExponentsOfAnExponential() {
    Graph graph =
        drawn(
            v ->
                v.then(flatten())
                    .then("fc", dense(4))
                    .then(logSoftmax())
                    .then(activation(new ActivationFunction.Exp())));
    Logits logits = Logits.of(graph);
    assertThat(logits.graph().output(Graph.OUTPUT).path()).isEqualTo("logsoftmax");
    assertThat(logits.kind()).isEqualTo(ScoreKind.PROBABILITIES);
  }

  @Test
  void areBeforeASigmoidThatIsSpelledOut() {
    Graph graph =
        drawn(v -> v.then(flatten()).then("fc", dense(4)).times(-1).exp().plus(1).power(-1));
    Logits logits = Logits.of(graph);
    assertThat(logits.graph().output(Graph.OUTPUT).path()).isEqualTo("fc");
    assertThat(logits.kind()).isEqualTo(ScoreKind.SIGMOID);
  }

  @Test
  void areBeforeASoftmaxThatIsSpelledOut() {
    Graph graph =
        drawn(
            v -> {
              Value exponentials = v.then(flatten()).then("fc", dense(4)).exp();
              return exponentials.dividedBy(exponentials.sum(0));
            });
    Logits logits = Logits.of(graph);
    assertThat(logits.graph().output(Graph.OUTPUT).path()).isEqualTo("fc");
    assertThat(logits.kind()).isEqualTo(ScoreKind.PROBABILITIES);
  }

  @Test
  void areTheLogarithmsOfProbabilitiesThatNoSoftmaxMakes() {
    Graph graph =
        drawn(
            v -> {
              Value features = v.then(flatten());
              Value first = features.then("a", dense(4)).then(softmax());
              return first.plus(features.then("b", dense(4)).then(softmax())).times(0.5);
            });
    Logits logits = Logits.of(graph);
    assertThat(logits.kind()).isEqualTo(ScoreKind.PROBABILITIES);
    assertThat(logits.removed()).isEmpty();
    assertThat(logits.graph().output(Graph.OUTPUT).layer().kind()).isEqualTo("Log");
  }

  @Test
  void areOfTwoClassesWhereOneUnitTellsBoth() {
    Graph graph =
        drawn(
            v -> {
              Value second = v.then(flatten()).then("fc", dense(1)).then(sigmoid());
              return second.then(new Affine(List.of(-1f), List.of(1f))).concat(second);
            });
    assertThat(Logits.of(graph).kind()).isEqualTo(ScoreKind.PROBABILITIES);
    assertThat(Logits.of(graph).classes()).isEqualTo(2);
  }

  @Test
  void areThoseOfTheOutputWithProbabilities() {
    GraphBuilder builder = new GraphBuilder("net");
    Value features = builder.input("data", Shape.of(3, 5, 6)).then(flatten()).then("fc", dense(4));
    Graph graph =
        builder
            .output("features", features)
            .output("p", features.then("head", dense(5)).then(softmax()))
            .graph();
    assertThat(Logits.of(graph).graph().output(Graph.OUTPUT).path()).isEqualTo("head");
  }

  @Test
  void areNotBeforeASoftmaxOfEachPixel() {
    Graph graph = drawn(v -> v.then("conv", conv(4, 1)).then(softmax()));
    Logits logits = Logits.of(graph);
    assertThat(logits.graph().output(Graph.OUTPUT).path()).isEqualTo("softmax");
    assertThat(logits.removed()).isEmpty();
  }

  /** As a file has it: with names of its own. */
  private static Graph drawn(UnaryOperator<Value> network) {
    GraphBuilder builder = new GraphBuilder("net");
    return builder.output("prob", network.apply(builder.input("data", Shape.of(3, 5, 6)))).graph();
  }
}
