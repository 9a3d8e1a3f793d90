package dev.trifocal.onnx.internal.operator;

import static dev.trifocal.onnx.internal.operator.ArithmeticPattern.number;
import static dev.trifocal.onnx.internal.operator.ArithmeticPattern.of;
import static dev.trifocal.onnx.internal.operator.ArithmeticPattern.x;

import dev.trifocal.layer.ActivationFunction;
import dev.trifocal.onnx.internal.operand.NodeCall;
import dev.trifocal.onnx.internal.operand.Operand;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Activations that exporters compose of arithmetic operators. */
@SuppressWarnings("BadImport") // so that formulas read as formulas
final class ActivationPatterns {
  /** A pattern and the activation that it stands for. */
  record Word(ArithmeticPattern spelling, ActivationFunction function) {}

  static final List<Word> WORDS = List.copyOf(words());

  private ActivationPatterns() {}

  /** Returns the activation if a node is the last one of a pattern. */
  static Optional<Operand> read(NodeCall call) {
    for (Word word : WORDS) {
      Optional<dev.trifocal.onnx.internal.operand.DataValue> x = word.spelling().read(call);
      if (x.isPresent()) {
        return Optional.of(ActivationOps.applied(call, x.get(), word.function()));
      }
    }
    return LayerNormPattern.read(call);
  }

  static List<Word> words() {
    ArithmeticPattern gate = of("Clip", of("Add", x(), number(3)), number(0), number(6));
    ArithmeticPattern sixth = of("HardSigmoid", x());
    List<Word> result = new ArrayList<>();
    for (ArithmeticPattern hard :
        List.of(sixth, of("Div", gate, number(6)), of("Mul", gate, number(1 / 6.0)))) {
      result.add(new Word(of("Mul", x(), hard), new ActivationFunction.HardSwish()));
    }
    ArithmeticPattern product = of("Mul", x(), gate);
    result.add(new Word(of("Div", product, number(6)), new ActivationFunction.HardSwish()));
    result.add(new Word(of("Mul", product, number(1 / 6.0)), new ActivationFunction.HardSwish()));
    result.add(new Word(of("Div", gate, number(6)), new ActivationFunction.HardSigmoid()));
    result.add(new Word(of("Mul", gate, number(1 / 6.0)), new ActivationFunction.HardSigmoid()));
    result.add(new Word(of("Mul", x(), of("Sigmoid", x())), new ActivationFunction.Silu()));
    result.add(
        new Word(of("Mul", x(), of("Tanh", of("Softplus", x()))), new ActivationFunction.Mish()));
    result.add(
        new Word(
            of("Div", x(), of("Add", of("Abs", x()), number(1))),
            new ActivationFunction.Softsign()));
    result.addAll(gelus());
    return result;
  }

  private static List<Word> gelus() {
    List<Word> result = new ArrayList<>();
    double root = Math.sqrt(2);
    for (ArithmeticPattern scaled :
        List.of(of("Div", x(), number(root)), of("Mul", x(), number(1 / root)))) {
      ArithmeticPattern twice = of("Add", of("Erf", scaled), number(1));
      for (ArithmeticPattern gelu :
          List.of(
              of("Mul", of("Mul", x(), number(0.5)), twice),
              of("Mul", of("Mul", x(), twice), number(0.5)),
              of("Mul", x(), of("Mul", twice, number(0.5))))) {
        result.add(new Word(gelu, new ActivationFunction.Gelu()));
      }
    }
    return result;
  }
}
