package dev.trifocal.layer;

import dev.trifocal.shape.Shape;
import dev.trifocal.weights.Initializer;
import java.util.List;

/**
 * An operation of a network with its hyper-parameters; it holds no tensors and no name. Shapes are
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
   * @param inputs shapes of one sample each
   * @throws dev.trifocal.error.GraphException if the inputs are incompatible with this layer
   */
  Shape outputShape(List<Shape> inputs);

  /** Returns the learned parameters and statistics, in a fixed order; empty for most layers. */
  default List<Parameter> parameters(List<Shape> inputs) {
    return List.of();
  }

  /**
   * Returns the number of multiply-add operations for one sample; by convention only convolutions
   * and dense layers count.
   */
  default long multiplyAdds(List<Shape> inputs) {
    return 0;
  }

  /** Returns the smallest batch that a training step of this layer accepts; 1 for most layers. */
  default int smallestBatch(List<Shape> inputs) {
    return 1;
  }

  /**
   * Returns whether the output has one row per sample rather than one row for the whole batch.
   *
   * @param inputs whether each input has one row per sample; empty for sources, which are batched
   * @throws dev.trifocal.error.GraphException if the layer needs inputs with equally many rows and
   *     they differ
   */
  default boolean batched(List<Boolean> inputs) {
    return inputs.isEmpty() || inputs.contains(true);
  }

  /**
   * @return whether this layer is an input of the graph
   */
  default boolean isInput() {
    return false;
  }

  /**
   * @return whether the output in training depends on random numbers, so that the same input gives
   *     different outputs in different steps; frozen layers are never stochastic
   */
  default boolean isStochastic() {
    return false;
  }

  /**
   * @return whether the output in evaluation has exactly the elements of the only input, in the
   *     same order
   */
  default boolean keepsElements() {
    return false;
  }

  /** Returns where the output is stored; used only to estimate memory. */
  default Storage storage() {
    return Storage.OWN;
  }

  /**
   * Returns what the output means if it is a classifier's.
   *
   * @param name name of the output
   * @param inputs the meanings of the inputs
   */
  default ScoreValue scores(String name, List<ScoreValue> inputs) {
    return keepsElements() ? inputs.get(0).renamed(name) : ScoreValue.unknown(name);
  }

  /** Calls the visitor's method for this layer and returns its result. */
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
   * Returns a transposed convolution with a rectangular kernel, stride 1, no padding and a bias.
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

  /** Returns max pooling with a square window whose stride is its size. */
  static MaxPool2d maxPool(int kernel) {
    return maxPool(kernel, kernel);
  }

  /** Returns max pooling with a rectangular window whose stride is its size. */
  static MaxPool2d maxPool(int height, int width) {
    return new MaxPool2d(Window.of(height, width).stride(new Size2d(height, width)));
  }

  /** Returns average pooling with a square window whose stride is its size. */
  static AvgPool2d avgPool(int kernel) {
    return avgPool(kernel, kernel);
  }

  /** Returns average pooling with a rectangular window whose stride is its size. */
  static AvgPool2d avgPool(int height, int width) {
    return new AvgPool2d(Window.of(height, width).stride(new Size2d(height, width)), true);
  }

  /** Returns the mean over height and width. */
  static GlobalAvgPool globalAvgPool() {
    return new GlobalAvgPool();
  }

  /** Returns the maximum over height and width. */
  static GlobalMaxPool globalMaxPool() {
    return new GlobalMaxPool();
  }

  static Flatten flatten() {
    return new Flatten();
  }

  /**
   * @param sizes shape of one sample
   */
  static Reshape reshape(int... sizes) {
    return new Reshape(Shape.of(sizes));
  }

  /**
   * @param order axes of one sample in their new order
   */
  static Transpose transpose(Integer... order) {
    return new Transpose(List.of(order));
  }

  /** Returns the slice {@code x[..., start:end, ...]} along one axis of a sample. */
  static Slice slice(int axis, int start, int end) {
    return new Slice(axis, start, end, 1);
  }

  /** Returns a reduction along axes of a sample in ascending order. */
  static Reduce reduce(Reduce.Reduction reduction, Integer... axes) {
    return new Reduce(reduction, List.of(axes));
  }

  /** Returns zero padding around an image. */
  static Pad2d pad(int top, int left, int bottom, int right) {
    return new Pad2d(new Padding(top, left, bottom, right), Pad2d.Mode.CONSTANT, 0);
  }

  /** Returns upsampling that repeats each pixel. */
  static Upsample2d upsample(int factor) {
    return new Upsample2d(Size2d.square(factor), Upsample2d.Interpolation.NEAREST);
  }

  /** Returns upsampling by half-pixel bilinear interpolation. */
  static Upsample2d upsampleBilinear(int factor) {
    return new Upsample2d(Size2d.square(factor), Upsample2d.Interpolation.BILINEAR);
  }

  /** Returns {@link ActivationFunction.Relu}. */
  static Activation relu() {
    return activation(new ActivationFunction.Relu());
  }

  /** Returns {@link ActivationFunction.Clip} to {@code [0, 6]}. */
  static Activation relu6() {
    return clip(0, 6);
  }

  /** Returns {@link ActivationFunction.Clip}, PyTorch's {@code Hardtanh}. */
  static Activation clip(double low, double high) {
    return activation(new ActivationFunction.Clip(low, high));
  }

  /** Returns {@link ActivationFunction.LeakyRelu} with slope 0.01, PyTorch's default. */
  static Activation leakyRelu() {
    return leakyRelu(0.01);
  }

  /** Returns {@link ActivationFunction.LeakyRelu}. */
  static Activation leakyRelu(double slope) {
    return activation(new ActivationFunction.LeakyRelu(slope));
  }

  /** Returns {@link ActivationFunction.Elu} with alpha 1. */
  static Activation elu() {
    return elu(1);
  }

  /** Returns {@link ActivationFunction.Elu}. */
  static Activation elu(double alpha) {
    return activation(new ActivationFunction.Elu(alpha));
  }

  /** Returns {@link ActivationFunction.Selu}. */
  static Activation selu() {
    return activation(new ActivationFunction.Selu());
  }

  /** Returns {@link ActivationFunction.Gelu}, computed exactly. */
  static Activation gelu() {
    return activation(new ActivationFunction.Gelu());
  }

  /** Returns {@link ActivationFunction.Silu}, also known as swish. */
  static Activation silu() {
    return activation(new ActivationFunction.Silu());
  }

  /** Returns {@link ActivationFunction.Mish}. */
  static Activation mish() {
    return activation(new ActivationFunction.Mish());
  }

  /** Returns {@link ActivationFunction.Softplus}. */
  static Activation softplus() {
    return activation(new ActivationFunction.Softplus());
  }

  /** Returns {@link ActivationFunction.Softsign}. */
  static Activation softsign() {
    return activation(new ActivationFunction.Softsign());
  }

  /** Returns {@link ActivationFunction.HardSwish}. */
  static Activation hardSwish() {
    return activation(new ActivationFunction.HardSwish());
  }

  /** Returns {@link ActivationFunction.HardSigmoid}, PyTorch's {@code Hardsigmoid}. */
  static Activation hardSigmoid() {
    return activation(new ActivationFunction.HardSigmoid());
  }

  /** Returns {@link ActivationFunction.Tanh}. */
  static Activation tanh() {
    return activation(new ActivationFunction.Tanh());
  }

  /** Returns {@link ActivationFunction.Sigmoid}. */
  static Activation sigmoid() {
    return activation(new ActivationFunction.Sigmoid());
  }

  static Activation exp() {
    return new Activation(new ActivationFunction.Exp());
  }

  /** Returns the natural logarithm. */
  static Activation log() {
    return new Activation(new ActivationFunction.Log());
  }

  static Activation sqrt() {
    return new Activation(new ActivationFunction.Sqrt());
  }

  static Activation abs() {
    return new Activation(new ActivationFunction.Abs());
  }

  /** Returns {@code x^exponent}. */
  static Activation power(double exponent) {
    return new Activation(new ActivationFunction.Power(exponent));
  }

  /** Returns a layer that applies a function to each element. */
  static Activation activation(ActivationFunction function) {
    return new Activation(function);
  }

  /** Returns a softmax over the classes, axis 0 of a sample. */
  static Softmax softmax() {
    return new Softmax(0);
  }

  /** Returns a log-softmax over the classes, axis 0 of a sample. */
  static LogSoftmax logSoftmax() {
    return new LogSoftmax(0);
  }

  /** Returns dropout of each element with probability {@code p} in training. */
  static Dropout dropout(double p) {
    return new Dropout(p);
  }

  /** Returns group normalisation with epsilon 1e-5, PyTorch's default. */
  static GroupNorm groupNorm(int groups) {
    return new GroupNorm(groups, 1e-5);
  }

  /**
   * Returns local response normalisation with alpha 1e-4, beta 0.75 and k 1, PyTorch's defaults.
   */
  static LocalResponseNorm localResponseNorm(int size) {
    return new LocalResponseNorm(size, 1e-4, 0.75, 1);
  }

  /** Returns a PReLU with one learned slope for all channels. */
  static PRelu prelu() {
    return new PRelu(1);
  }

  /** Returns batch normalisation with epsilon 1e-5 and momentum 0.1, PyTorch's defaults. */
  static BatchNorm batchNorm() {
    return new BatchNorm(1e-5, 0.1);
  }
}
