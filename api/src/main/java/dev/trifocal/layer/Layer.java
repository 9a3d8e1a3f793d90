package dev.trifocal.layer;

import dev.trifocal.shape.Shape;
import dev.trifocal.weights.Initializer;
import java.util.List;

/**
 * One step of a network: hyper-parameters and meaning, no tensors, no name. Shapes are of one
 * sample ({@code [C, H, W]} for images); the batch axis is implicit and in front.
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

  /** The shape of the output for one sample; complains if the inputs do not suit the layer. */
  Shape outputShape(List<Shape> inputs);

  /** What the layer learns or keeps, in a fixed order; empty for most. */
  default List<Parameter> parameters(List<Shape> inputs) {
    return List.of();
  }

  /**
   * Multiplications paired with additions for one sample, of convolutions and dense layers only, as
   * the field counts "multiply-adds".
   */
  default long multiplyAdds(List<Shape> inputs) {
    return 0;
  }

  /** The fewest samples that a training step needs here: 1 for most. */
  default int smallestBatch(List<Shape> inputs) {
    return 1;
  }

  /**
   * Whether the output has a row for each sample of a batch, rather than one row for all.
   *
   * @param inputs whether each input has; empty for sources, which are batched
   * @throws dev.trifocal.error.GraphException if the layer needs inputs with as many rows, and they
   *     differ
   */
  default boolean batched(List<Boolean> inputs) {
    return inputs.isEmpty() || inputs.contains(true);
  }

  /**
   * @return whether values enter the graph here
   */
  default boolean isInput() {
    return false;
  }

  /**
   * @return whether the output of a training step depends on random numbers, so that the same input
   *     gives another output in the next step; frozen layers never do
   */
  default boolean isStochastic() {
    return false;
  }

  /**
   * @return whether the output has, in evaluation mode, exactly the elements of the only input, in
   *     the same order
   */
  default boolean keepsElements() {
    return false;
  }

  /** Where the output lies in memory; for estimates of memory only. */
  default Storage storage() {
    return Storage.OWN;
  }

  /**
   * Returns the meaning of the output where it is a classifier's.
   *
   * @param input the meaning of the only input; {@link ScoreKind#LOGITS} for layers with none or
   *     several
   */
  default ScoreKind scores(ScoreKind input) {
    return keepsElements() ? input : ScoreKind.LOGITS;
  }

  <C, R> R accept(LayerVisitor<C, R> visitor, C context);

  /** The layer's name in messages, files and drawings, for example {@code Conv2d}. */
  default String kind() {
    return getClass().getSimpleName();
  }

  @Override
  default Layer at(List<Shape> inputs) {
    return this;
  }

  /** A convolution with a square kernel, stride 1, no padding, one group and a bias. */
  static Conv2d conv(int filters, int kernel) {
    return conv(filters, kernel, kernel);
  }

  /** A convolution as {@link #conv(int, int)}, with a kernel of so many rows and columns. */
  static Conv2d conv(int filters, int kernelHeight, int kernelWidth) {
    return new Conv2d(
        filters,
        Window.of(kernelHeight, kernelWidth),
        1,
        true,
        new Initializer.FanInUniform(),
        new Initializer.FanInUniform());
  }

  /** A transposed convolution with a square kernel, stride 1, no padding and a bias. */
  static ConvTranspose2d convTranspose(int filters, int kernel) {
    return convTranspose(filters, kernel, kernel);
  }

  /**
   * A transposed convolution as {@link #convTranspose(int, int)}, with a kernel of so many rows and
   * columns.
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

  /** A fully connected layer with a bias. */
  static Dense dense(int units) {
    return new Dense(units, true, new Initializer.FanInUniform(), new Initializer.FanInUniform());
  }

  /** Max pooling with a square window that moves by its own size. */
  static MaxPool2d maxPool(int kernel) {
    return maxPool(kernel, kernel);
  }

  /** Max pooling with a window of so many rows and columns that moves by its own size. */
  static MaxPool2d maxPool(int height, int width) {
    return new MaxPool2d(Window.of(height, width).stride(new Size2d(height, width)));
  }

  /** Average pooling with a square window that moves by its own size. */
  static AvgPool2d avgPool(int kernel) {
    return avgPool(kernel, kernel);
  }

  /** Average pooling with a window of so many rows and columns that moves by its own size. */
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
   * @param sizes of one sample
   */
  static Reshape reshape(int... sizes) {
    return new Reshape(Shape.of(sizes));
  }

  /**
   * @param order of the axes of one sample
   */
  static Transpose transpose(Integer... order) {
    return new Transpose(List.of(order));
  }

  /** {@code x[..., start:end, ...]} on one axis of a sample. */
  static Slice slice(int axis, int start, int end) {
    return new Slice(axis, start, end, 1);
  }

  static Reduce reduce(Reduce.Reduction reduction, Integer... axes) {
    return new Reduce(reduction, List.of(axes));
  }

  /** Zeros around an image. */
  static Pad2d pad(int top, int left, int bottom, int right) {
    return new Pad2d(new Padding(top, left, bottom, right), Pad2d.Mode.CONSTANT, 0);
  }

  /** Each pixel repeated. */
  static Upsample2d upsample(int factor) {
    return new Upsample2d(Size2d.square(factor), Upsample2d.Interpolation.NEAREST);
  }

  /** Half-pixel bilinear interpolation. */
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

  /** {@link ActivationFunction.HardSigmoid}, PyTorch's. */
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

  /** The natural logarithm. */
  static Activation log() {
    return new Activation(new ActivationFunction.Log());
  }

  static Activation sqrt() {
    return new Activation(new ActivationFunction.Sqrt());
  }

  static Activation abs() {
    return new Activation(new ActivationFunction.Abs());
  }

  /** {@code x^exponent}. */
  static Activation power(double exponent) {
    return new Activation(new ActivationFunction.Power(exponent));
  }

  static Activation activation(ActivationFunction function) {
    return new Activation(function);
  }

  /** Over the classes, the first axis of a sample. */
  static Softmax softmax() {
    return new Softmax(0);
  }

  /** Over the classes, the first axis of a sample. */
  static LogSoftmax logSoftmax() {
    return new LogSoftmax(0);
  }

  /** Drops each element with probability {@code p} while training. */
  static Dropout dropout(double p) {
    return new Dropout(p);
  }

  /** Group normalisation with PyTorch's epsilon 1e-5. */
  static GroupNorm groupNorm(int groups) {
    return new GroupNorm(groups, 1e-5);
  }

  /** PyTorch's defaults: alpha 1e-4, beta 0.75, k 1. */
  static LocalResponseNorm localResponseNorm(int size) {
    return new LocalResponseNorm(size, 1e-4, 0.75, 1);
  }

  /** One learned slope for all channels. */
  static PRelu prelu() {
    return new PRelu(1);
  }

  /** Batch normalisation with PyTorch's epsilon 1e-5 and momentum 0.1. */
  static BatchNorm batchNorm() {
    return new BatchNorm(1e-5, 0.1);
  }
}
