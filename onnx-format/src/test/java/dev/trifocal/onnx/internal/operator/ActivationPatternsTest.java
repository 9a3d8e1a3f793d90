package dev.trifocal.onnx.internal.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ActivationPatternsTest {
  private static TinyModel model() {
    return TinyModel.opset(13)
        .input("x", 5)
        .number("zero", 0)
        .number("half", 0.5)
        .number("one", 1)
        .number("three", 3)
        .number("six", 6)
        .number("sixth", 1 / 6.0)
        .number("root", Math.sqrt(2))
        .output("y");
  }

  private static TinyModel gate(TinyModel model) {
    return model.node("Add", "three x", "a").node("Clip", "a zero six", "gate");
  }

  static Stream<UnaryOperator<TinyModel>> hardSwishes() {
    return Stream.of(
        m -> gate(m).node("Div", "gate six", "h").node("Mul", "x h", "y"),
        m -> gate(m).node("Div", "gate six", "h").node("Mul", "h x", "y"),
        m -> gate(m).node("Mul", "sixth gate", "h").node("Mul", "x h", "y"),
        m -> gate(m).node("Mul", "gate x", "h").node("Div", "h six", "y"),
        m -> gate(m).node("Mul", "x gate", "h").node("Mul", "h sixth", "y"));
  }

  @ParameterizedTest
  @MethodSource
  void hardSwishes(UnaryOperator<TinyModel> spelled) {
    assertThat(spelled.apply(model()).graph().layer())
        .hasToString("Activation[function=HardSwish[]]");
  }

  @Test
  void hard_sigmoid() {
    ImportedTestModel graph = gate(model()).node("Div", "gate six", "y").graph();
    assertThat(graph.layer()).hasToString("Activation[function=HardSigmoid[]]");
  }

  @Test
  void silu_in_either_order() {
    for (String inputs : new String[] {"x s", "s x"}) {
      ImportedTestModel graph = model().node("Sigmoid", "x", "s").node("Mul", inputs, "y").graph();
      assertThat(graph.layer()).hasToString("Activation[function=Silu[]]");
    }
  }

  @Test
  void a_constant_with_more_axes_than_x_is_another_meaning() {
    assertThat(
            model()
                .reals("ones", new long[] {1, 1, 1}, 1)
                .node("Abs", "x", "a")
                .node("Add", "a ones", "b")
                .node("Div", "x b", "y")
                .obstacles())
        .isNotEmpty();
  }

  @Test
  void mish() {
    ImportedTestModel graph =
        model().node("Softplus", "x", "s").node("Tanh", "s", "t").node("Mul", "x t", "y").graph();
    assertThat(graph.layer()).hasToString("Activation[function=Mish[]]");
  }

  @Test
  void softsign() {
    ImportedTestModel graph =
        model().node("Abs", "x", "a").node("Add", "one a", "b").node("Div", "x b", "y").graph();
    assertThat(graph.layer()).hasToString("Activation[function=Softsign[]]");
  }

  @Test
  void gelu() {
    ImportedTestModel graph =
        model()
            .node("Div", "x root", "d")
            .node("Erf", "d", "e")
            .node("Add", "e one", "p")
            .node("Mul", "x p", "m")
            .node("Mul", "m half", "y")
            .graph();
    assertThat(graph.layer()).hasToString("Activation[function=Gelu[]]");
  }

  @Test
  void another_x_is_another_meaning() {
    ImportedTestModel graph =
        model().node("Relu", "x", "z").node("Sigmoid", "z", "s").node("Mul", "x s", "y").graph();
    assertThat(graph.kinds()).containsExactly("Relu", "Sigmoid", "Multiply");
  }

  @Test
  void another_constant_is_another_meaning() {
    ImportedTestModel graph =
        model()
            .number("five", 5)
            .node("Add", "x three", "a")
            .node("Clip", "a zero five", "gate")
            .node("Div", "gate six", "h")
            .node("Mul", "x h", "y")
            .graph();
    assertThat(graph.kinds()).doesNotContain("HardSwish").endsWith("Multiply");
    assertThat(graph.run(0, 1, 2, 3, 4)[4]).isCloseTo(4 * 5 / 6f, offset(1e-6f));
  }

  @Test
  void a_quotient_the_other_way_round_is_no_softsign() {
    ImportedTestModel graph =
        model().node("Abs", "x", "a").node("Add", "one a", "b").node("Div", "b x", "y").graph();
    assertThat(graph.kinds()).containsExactly("Abs", "Affine", "Divide");
    assertThat(graph.run(-2, -1, 1, 2, 4)).containsExactly(-1.5f, -2, 2, 1.5f, 1.25f);
  }

  @Test
  void gelu_approximated_by_tanh_in_arithmetic_is_what_it_says() {
    ImportedTestModel graph =
        model()
            .number("cube", 0.044715)
            .number("slope", Math.sqrt(2 / Math.PI))
            .node("Pow", "x three", "x3")
            .node("Mul", "cube x3", "c")
            .node("Add", "x c", "s")
            .node("Mul", "slope s", "t")
            .node("Tanh", "t", "u")
            .node("Add", "one u", "v")
            .node("Mul", "half x", "h")
            .node("Mul", "h v", "y")
            .graph();
    assertThat(graph.run(-1, 0, 1, 2, 3)[3]).isCloseTo(1.9546f, offset(1e-4f));
  }
}
