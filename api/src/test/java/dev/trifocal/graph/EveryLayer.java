package dev.trifocal.graph;

import dev.trifocal.layer.ActivationFunction;
import dev.trifocal.layer.Affine;
import dev.trifocal.layer.Conv2d;
import dev.trifocal.layer.Layer;
import dev.trifocal.layer.Padding;
import dev.trifocal.layer.Rounding;
import dev.trifocal.layer.Size2d;
import dev.trifocal.layer.Window;
import dev.trifocal.shape.Shape;
import dev.trifocal.weights.Initializer;
import java.util.List;

/** A graph with every layer, activation function and initializer, no setting at its default. */
interface EveryLayer {
  Window ODD =
      new Window(
          new Size2d(3, 2),
          new Size2d(1, 2),
          new Padding(0, 1, 2, 0),
          new Size2d(2, 1),
          Rounding.FLOOR);

  static Graph graph() {
    Drawing drawing = new Drawing("every");
    Value image = drawing.input("image", Shape.of(4, 11, 9));
    Value extra = drawing.input("extra", Shape.of(5));
    Value body =
        image
            .then("affine", new Affine(List.of(.1f, 2f, 3f, 1e-30f), List.of(-1f, 0f, .3f, 4f)))
            .block("stem", EveryLayer::convolutions)
            .block("act", EveryLayer::activations)
            .block("pool", EveryLayer::pools);
    Value gate = body.then("gap", Layer.globalAvgPool());
    Value gated = body.times(gate).plus(body).concat(body);
    Value features = gated.then(Layer.flatten()).then(Layer.dropout(0.1 + 0.2)).concat(extra);
    Value logits =
        features.then("fc", Layer.dense(7).withoutBias()).then("norm", Layer.batchNorm());
    return drawing
        .output("logits", logits)
        .output("shares", logits.then(Layer.softmax()))
        .graph()
        .freeze("stem", "gap");
  }

  private static Value convolutions(Value x) {
    return x.then("0", new Conv2d(6, ODD, 2, true, new Initializer.Constant(0.3), normal()))
        .then("1", Layer.conv(4, 3).initializers(new Initializer.KaimingNormal(), glorot()).same())
        .then("2", Layer.conv(4, 1).withoutBias());
  }

  private static Value activations(Value x) {
    List<ActivationFunction> functions =
        List.of(
            new ActivationFunction.Relu(),
            new ActivationFunction.Clip(-0.1, 6.7),
            new ActivationFunction.LeakyRelu(0.013),
            new ActivationFunction.Elu(0.9),
            new ActivationFunction.Sigmoid(),
            new ActivationFunction.HardSigmoid(),
            new ActivationFunction.Tanh(),
            new ActivationFunction.Silu(),
            new ActivationFunction.HardSwish(),
            new ActivationFunction.Gelu(),
            new ActivationFunction.Softplus());
    Value value = x;
    for (ActivationFunction function : functions) {
      value = value.then(Layer.activation(function));
    }
    return value;
  }

  private static Value pools(Value x) {
    return x.then("max", Layer.maxPool(3).stride(2).padding(1).ceilMode())
        .then("avg", Layer.avgPool(2).stride(1).excludePad());
  }

  private static Initializer normal() {
    return new Initializer.Normal(0.1, 0.7);
  }

  private static Initializer glorot() {
    return new Initializer.GlorotUniform();
  }
}
