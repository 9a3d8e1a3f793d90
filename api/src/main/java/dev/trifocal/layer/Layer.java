package dev.trifocal.layer;

import dev.trifocal.shape.Shape;
import dev.trifocal.weights.Initializer;
import java.util.List;

/**
 * A layer of a network: its hyper-parameters and semantics, without tensors or a name. Shapes are
 * those of one sample ({@code [C, H, W]} for images); the batch axis is implicit and comes first.
 */
public sealed interface Layer extends LayerSpec
    permits Input,
        LearnableInput,
        Conv2d,
        ConvTranspose2d,
        Dense,
        MatMul,
        MaxPool2d,
        AvgPool2d,
        GlobalMaxPool,
        GlobalAvgPool,
        Reduce,
        BatchReduce,
        Flatten,
        Reshape,
        Transpose,
        Slice,
        Concat,
        Pad2d,
        Upsample2d,
        Activation,
        PRelu,
        Softmax,
        LogSoftmax,
        Dropout,
        BatchNorm,
        GroupNorm,
        LocalResponseNorm,
        Add,
        Multiply,
        Divide,
        Affine {

  /**
   * Returns the shape of the output for one sample.
   *
   * @throws dev.trifocal.error.GraphException if the inputs do not suit the layer
   */
  Shape outputShape(List<Shape> inputs);

  /** Returns the layer's parameters in a fixed order; empty for most layers. */
  default List<Parameter> parameters(List<Shape> inputs) {
    return List.of();
  }

  /**
   * Returns the number of multiply-adds for one sample; by convention, only convolutions and dense
   * layers count.
   */
  default long multiplyAdds(List<Shape> inputs) {
    return 0;
  }

  /** Returns the minimum number of samples of a training step: 1 for most layers. */
  default int smallestBatch(List<Shape> inputs) {
    return 1;
  }

  /**
   * Returns true if the output has a row for each sample of a batch rather than a single row.
   *
   * @param inputs whether each input is batched; empty for sources, which are batched
   * @throws dev.trifocal.error.GraphException if the layer needs inputs with the same number of
   *     rows, and they differ
   */
  default boolean batched(List<Boolean> inputs) {
    return inputs.isEmpty() || inputs.contains(true);
  }

  /** Returns true if the layer is an input of the graph. */
  default boolean isInput() {
    return false;
  }

  /**
   * Returns true if the output in training depends on random numbers, so that the same input gives
   * a different output in the next step; frozen layers never do.
   */
  default boolean isStochastic() {
    return false;
  }

  /**
   * Returns true if in evaluation mode the output has exactly the elements of the only input, in
   * the same order.
   */
  default boolean keepsElements() {
    return false;
  }

  /** Returns where the output is stored; used by memory estimates only. */
  default Storage storage() {
    return Storage.OWN;
  }

  /**
   * Returns the kind of scores that the output is, if it is a classifier's.
   *
   * @param input kind of the only input; {@link ScoreKind#LOGITS} for layers with none or several
   */
  default ScoreKind scores(ScoreKind input) {
    return keepsElements() ? input : ScoreKind.LOGITS;
  }

  <C, R> R accept(LayerVisitor<C, R> visitor, C context);

  /** Returns the layer's name in messages, files and diagrams, for example {@code Conv2d}. */
  default String kind() {
    return getClass().getSimpleName();
  }

  @Override
  default Layer at(List<Shape> inputs) {
    return this;
  }

  /** Returns a convolution with a square kernel, stride 1, no padding, one group and a bias. */
  static Conv2d conv(int filters, int kernel) {
    return conv(filters, kernel, kernel);
  }

  /** Returns a convolution like {@link #conv(int, int)} with a rectangular kernel. */
  static Conv2d conv(int filters, int kernelHeight, int kernelWidth) {
    return new Conv2d(
        filters,
        Window.of(kernelHeight, kernelWidth),
        1,
        true,
        new Initializer.FanInUniform(),
        new Initializer.FanInUniform());
  }

  /** Returns a transposed convolution with a square kernel, stride 1, no padding and a bias. */
  static ConvTranspose2d convTranspose(int filters, int kernel) {
    return convTranspose(filters, kernel, kernel);
  }

  /**
   * Returns a transposed convolution like {@link #convTranspose(int, int)} with a rectangular
   * kernel.
   */
  static ConvTranspose2d convTranspose(int filters, int kernelHeight, int kernelWidth) {
    return new ConvTranspose2d(
        filters,
        Window.of(kernelHeight, kernelWidth),
        Size2d.square(0),
        1,
        true,
        new Initializer.FanInUniform(),
        new Initializer.FanInUniform());
  }

  /** Returns a fully connected layer with a bias. */
  static Dense dense(int units) {
    return new Dense(units, true, new Initializer.FanInUniform(), new Initializer.FanInUniform());
  }

  /** Returns max pooling with a square window and a stride of the same size. */
  static MaxPool2d maxPool(int kernel) {
    return maxPool(kernel, kernel);
  }

  /** Returns max pooling with a rectangular window and a stride of the same size. */
  static MaxPool2d maxPool(int height, int width) {
    return new MaxPool2d(Window.of(height, width).stride(new Size2d(height, width)));
  }

  /** Returns average pooling with a square window and a stride of the same size. */
  static AvgPool2d avgPool(int kernel) {
    return avgPool(kernel, kernel);
  }

  /** Returns average pooling with a rectangular window and a stride of the same size. */
  static AvgPool2d avgPool(int height, int width) {
    return new AvgPool2d(Window.of(height, width).stride(new Size2d(height, width)), true);
  }

  static GlobalAvgPool globalAvgPool() {
    return new GlobalAvgPool();
  }

  static GlobalMaxPool globalMaxPool() {
    return new GlobalMaxPool();
  }

  static Flatten flatten() {
    return new Flatten();
  }

  /**
   * Returns a layer that reshapes samples.
   *
   * @param sizes sizes of the axes of one sample
   */
  static Reshape reshape(int... sizes) {
    return new Reshape(Shape.of(sizes));
  }

  /**
   * Returns a layer that permutes the axes of samples.
   *
   * @param order order of the axes of one sample
   */
  static Transpose transpose(Integer... order) {
    return new Transpose(List.of(order));
  }

  /** Returns the slice {@code x[..., start:end, ...]} along an axis of a sample. */
  static Slice slice(int axis, int start, int end) {
    return new Slice(axis, start, end, 1);
  }

  static Reduce reduce(Reduce.Reduction reduction, Integer... axes) {
    return new Reduce(reduction, List.of(axes));
  }

  /** Returns zero padding around an image. */
  static Pad2d pad(int top, int left, int bottom, int right) {
    return new Pad2d(new Padding(top, left, bottom, right), Pad2d.Mode.CONSTANT, 0);
  }

  /** Returns nearest-neighbour upsampling. */
  static Upsample2d upsample(int factor) {
    return new Upsample2d(Size2d.square(factor), Upsample2d.Interpolation.NEAREST);
  }

  /** Returns bilinear upsampling with half-pixel centres. */
  static Upsample2d upsampleBilinear(int factor) {
    return new Upsample2d(Size2d.square(factor), Upsample2d.Interpolation.BILINEAR);
  }

  /** {@link ActivationFunction.Relu}. */
  static Activation relu() {
    return activation(new ActivationFunction.Relu());
  }

  /** {@link ActivationFunction.Clip} to {@code [0, 6]}. */
  static Activation relu6() {
    return clip(0, 6);
  }

  /** {@link ActivationFunction.Clip}, PyTorch's {@code Hardtanh}. */
  static Activation clip(double low, double high) {
    return activation(new ActivationFunction.Clip(low, high));
  }

  /** {@link ActivationFunction.LeakyRelu} with PyTorch's slope 0.01. */
  static Activation leakyRelu() {
    return leakyRelu(0.01);
  }

  /** {@link ActivationFunction.LeakyRelu}. */
  static Activation leakyRelu(double slope) {
    return activation(new ActivationFunction.LeakyRelu(slope));
  }

  /** {@link ActivationFunction.Elu} with alpha 1. */
  static Activation elu() {
    return elu(1);
  }

  /** {@link ActivationFunction.Elu}. */
  static Activation elu(double alpha) {
    return activation(new ActivationFunction.Elu(alpha));
  }

  /** {@link ActivationFunction.Selu}. */
  static Activation selu() {
    return activation(new ActivationFunction.Selu());
  }

  /** {@link ActivationFunction.Gelu}, exact. */
  static Activation gelu() {
    return activation(new ActivationFunction.Gelu());
  }

  /** {@link ActivationFunction.Silu}, also called swish. */
  static Activation silu() {
    return activation(new ActivationFunction.Silu());
  }

  /** {@link ActivationFunction.Mish}. */
  static Activation mish() {
    return activation(new ActivationFunction.Mish());
  }

  /** {@link ActivationFunction.Softplus}. */
  static Activation softplus() {
    return activation(new ActivationFunction.Softplus());
  }

  /** {@link ActivationFunction.Softsign}. */
  static Activation softsign() {
    return activation(new ActivationFunction.Softsign());
  }

  /** {@link ActivationFunction.HardSwish}. */
  static Activation hardSwish() {
    return activation(new ActivationFunction.HardSwish());
  }

  /** {@link ActivationFunction.HardSigmoid}, as in PyTorch. */
  static Activation hardSigmoid() {
    return activation(new ActivationFunction.HardSigmoid());
  }

  /** {@link ActivationFunction.Tanh}. */
  static Activation tanh() {
    return activation(new ActivationFunction.Tanh());
  }

  /** {@link ActivationFunction.Sigmoid}. */
  static Activation sigmoid() {
    return activation(new ActivationFunction.Sigmoid());
  }

  static Activation exp() {
    return new Activation(new ActivationFunction.Exp());
  }

  /** {@link ActivationFunction.Log}, the natural logarithm. */
  static Activation log() {
    return new Activation(new ActivationFunction.Log());
  }

  static Activation sqrt() {
    return new Activation(new ActivationFunction.Sqrt());
  }

  static Activation abs() {
    return new Activation(new ActivationFunction.Abs());
  }

  /** {@link ActivationFunction.Power}, {@code x^exponent}. */
  static Activation power(double exponent) {
    return new Activation(new ActivationFunction.Power(exponent));
  }

  static Activation activation(ActivationFunction function) {
    return new Activation(function);
  }

  /** Over the classes, which are the first axis of a sample. */
  static Softmax softmax() {
    return new Softmax(0);
  }

  /** Over the classes, which are the first axis of a sample. */
  static LogSoftmax logSoftmax() {
    return new LogSoftmax(0);
  }

  /** Returns dropout with probability {@code p}. */
  static Dropout dropout(double p) {
    return new Dropout(p);
  }

  /** Returns group normalisation with PyTorch's epsilon 1e-5. */
  static GroupNorm groupNorm(int groups) {
    return new GroupNorm(groups, 1e-5);
  }

  /** Returns local response normalisation with PyTorch's alpha 1e-4, beta 0.75 and k 1. */
  static LocalResponseNorm localResponseNorm(int size) {
    return new LocalResponseNorm(size, 1e-4, 0.75, 1);
  }

  /** Returns a parametric ReLU with one slope for all channels. */
  static PRelu prelu() {
    return new PRelu(1);
  }

  /** Returns batch normalisation with PyTorch's epsilon 1e-5 and momentum 0.1. */
  static BatchNorm batchNorm() {
    return new BatchNorm(1e-5, 0.1);
  }
}
