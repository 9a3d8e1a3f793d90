package dev.trifocal.graph;

import dev.trifocal.layer.ActivationFunction;
import dev.trifocal.layer.Affine;
import dev.trifocal.layer.Concat;
import dev.trifocal.layer.Conv2d;
import dev.trifocal.layer.ConvTranspose2d;
import dev.trifocal.layer.GroupNorm;
import dev.trifocal.layer.Layer;
import dev.trifocal.layer.LocalResponseNorm;
import dev.trifocal.layer.LogSoftmax;
import dev.trifocal.layer.PRelu;
import dev.trifocal.layer.Pad2d;
import dev.trifocal.layer.Padding;
import dev.trifocal.layer.Reduce;
import dev.trifocal.layer.Rounding;
import dev.trifocal.layer.Size2d;
import dev.trifocal.layer.Slice;
import dev.trifocal.layer.Softmax;
import dev.trifocal.layer.Transpose;
import dev.trifocal.layer.Upsample2d;
import dev.trifocal.layer.Window;
import dev.trifocal.shape.Shape;
import dev.trifocal.weights.Initializer;
import java.util.List;

/** A graph with every layer, activation function and initializer, no setting at its default. */
final class EveryLayerGraph {
  static final Window ODD =
      new Window(
          new Size2d(3, 2),
          new Size2d(1, 2),
          new Padding(0, 1, 2, 0),
          new Size2d(2, 1),
          Rounding.FLOOR);

  static final Window ENLARGING =
      new Window(
          new Size2d(3, 2),
          new Size2d(2, 3),
          new Padding(0, 1, 1, 0),
          Size2d.square(1),
          Rounding.FLOOR);

  private EveryLayerGraph() {}

  static Graph graph() {
    GraphBuilder builder = new GraphBuilder("every");
    Value image = builder.input("image", Shape.of(4, 11, 9));
    Value extra = builder.input("extra", Shape.of(5));
    Value body =
        image
            .then("affine", new Affine(List.of(.1f, 2f, 3f, 1e-30f), List.of(-1f, 0f, .3f, 4f)))
            .block("stem", EveryLayerGraph::convolutions)
            .block("act", EveryLayerGraph::activations)
            .block("norm", EveryLayerGraph::norms)
            .block("pool", EveryLayerGraph::pools);
    Value gate = body.then("gap", Layer.globalAvgPool());
    Value gated = body.times(gate).plus(body).concat(body);
    Value learned = builder.learned("picture", Shape.of(3, 2, 5), glorot());
    Value product =
        learned
            .matmul(builder.learned("other", Shape.of(3, 5, 2), normal()))
            .with("joined", new Concat(2), learned)
            .then(new Reduce(Reduce.Reduction.MAX, List.of(0, 2)));
    Value features = gated.then(Layer.flatten()).then(Layer.dropout(0.1 + 0.2)).concat(extra);
    Value logits =
        features.then("fc", Layer.dense(7).withoutBias()).then("norm", Layer.batchNorm());
    return builder
        .output("logits", logits)
        .output("ratio", logits.dividedBy(logits.batchMean()))
        .output("shares", logits.then(Layer.softmax()))
        .output("largest", body.block("moved", EveryLayerGraph::moved))
        .output("product", product.then(new Softmax(1)).then(new LogSoftmax(2)))
        .graph()
        .freeze("stem", "gap");
  }

  private static Value convolutions(Value x) {
    return x.then("0", new Conv2d(6, ODD, 2, true, new Initializer.Constant(0.3), normal()))
        .then("1", Layer.conv(4, 3).initializers(new Initializer.KaimingNormal(), glorot()).same())
        .then("2", Layer.conv(4, 1).withoutBias().initializers(fanOut(), fanOut()))
        .then("3", Layer.conv(4, 1).initializers(new Initializer.KaimingUniform(), truncated()))
        .then("4", Layer.conv(4, 1).initializers(new Initializer.GlorotNormal(), truncated()))
        .then("5", Layer.conv(4, 1).initializers(new Initializer.Orthogonal(1.1), truncated()));
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
            new ActivationFunction.Softplus(),
            new ActivationFunction.Selu(),
            new ActivationFunction.Mish(),
            new ActivationFunction.Softsign(),
            new ActivationFunction.Abs(),
            new ActivationFunction.Sqrt(),
            new ActivationFunction.Exp(),
            new ActivationFunction.Log(),
            new ActivationFunction.Power(1.7));
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

  private static Value norms(Value x) {
    return x.then("group", new GroupNorm(2, 1e-3))
        .then("local", new LocalResponseNorm(3, 2e-4, 0.6, 1.5))
        .then("slope", new PRelu(4));
  }

  private static Value moved(Value x) {
    Value large =
        x.then(
            "deconv",
            new ConvTranspose2d(6, ENLARGING, new Size2d(1, 2), 2, true, bilinear(), glorot()));
    return large
        .then("up", new Upsample2d(new Size2d(2, 3), Upsample2d.Interpolation.BILINEAR))
        .then("pad", new Pad2d(new Padding(1, 0, 2, 3), Pad2d.Mode.CONSTANT, -0.5))
        .then("mirror", new Pad2d(new Padding(0, 1, 2, 1), Pad2d.Mode.REFLECT, 0))
        .then("turned", new Transpose(List.of(2, 0, 1)))
        .then("part", new Slice(1, 1, 6, 2))
        .then("other", Layer.reshape(3, 23, 23))
        .then("largest", Layer.globalMaxPool());
  }

  private static Initializer truncated() {
    return new Initializer.TruncatedNormal(0.2, 0.6);
  }

  private static Initializer normal() {
    return new Initializer.Normal(0.1, 0.7);
  }

  private static Initializer fanOut() {
    return new Initializer.KaimingNormalFanOut();
  }

  private static Initializer bilinear() {
    return new Initializer.Bilinear();
  }

  private static Initializer glorot() {
    return new Initializer.GlorotUniform();
  }
}
