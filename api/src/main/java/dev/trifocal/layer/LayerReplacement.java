package dev.trifocal.layer;

import dev.trifocal.shape.Shape;
import java.util.List;
import java.util.function.BiFunction;

/**
 * The layers to put in place of those of a network, see {@link dev.trifocal.graph.Graph#redrawn}.
 * Functions receive a layer and the new shapes of its inputs; layers without a function stay.
 *
 * @param transposed function for transposed convolutions
 */
public record LayerReplacement(
    BiFunction<Input, List<Shape>, List<Layer>> input,
    BiFunction<Conv2d, List<Shape>, List<Layer>> conv,
    BiFunction<ConvTranspose2d, List<Shape>, List<Layer>> transposed,
    BiFunction<Dense, List<Shape>, List<Layer>> dense,
    BiFunction<Activation, List<Shape>, List<Layer>> activation)
    implements LayerVisitor<List<Shape>, List<Layer>> {
  /** Replaces nothing. */
  public static final LayerReplacement NONE =
      new LayerReplacement(
          (layer, inputs) -> List.of(layer),
          (layer, inputs) -> List.of(layer),
          (layer, inputs) -> List.of(layer),
          (layer, inputs) -> List.of(layer),
          (layer, inputs) -> List.of(layer));

  public LayerReplacement input(BiFunction<Input, List<Shape>, List<Layer>> other) {
    return new LayerReplacement(other, conv, transposed, dense, activation);
  }

  public LayerReplacement conv(BiFunction<Conv2d, List<Shape>, List<Layer>> other) {
    return new LayerReplacement(input, other, transposed, dense, activation);
  }

  public LayerReplacement transposed(BiFunction<ConvTranspose2d, List<Shape>, List<Layer>> other) {
    return new LayerReplacement(input, conv, other, dense, activation);
  }

  public LayerReplacement dense(BiFunction<Dense, List<Shape>, List<Layer>> other) {
    return new LayerReplacement(input, conv, transposed, other, activation);
  }

  public LayerReplacement activation(BiFunction<Activation, List<Shape>, List<Layer>> other) {
    return new LayerReplacement(input, conv, transposed, dense, other);
  }

  @Override
  public List<Layer> input(Input layer, List<Shape> inputs) {
    return input.apply(layer, inputs);
  }

  @Override
  public List<Layer> learnableInput(LearnableInput layer, List<Shape> inputs) {
    return List.of(layer);
  }

  @Override
  public List<Layer> conv2d(Conv2d layer, List<Shape> inputs) {
    return conv.apply(layer, inputs);
  }

  @Override
  public List<Layer> convTranspose2d(ConvTranspose2d layer, List<Shape> inputs) {
    return transposed.apply(layer, inputs);
  }

  @Override
  public List<Layer> dense(Dense layer, List<Shape> inputs) {
    return dense.apply(layer, inputs);
  }

  @Override
  public List<Layer> matMul(MatMul layer, List<Shape> inputs) {
    return List.of(layer);
  }

  @Override
  public List<Layer> maxPool2d(MaxPool2d layer, List<Shape> inputs) {
    return List.of(layer);
  }

  @Override
  public List<Layer> avgPool2d(AvgPool2d layer, List<Shape> inputs) {
    return List.of(layer);
  }

  @Override
  public List<Layer> globalMaxPool(GlobalMaxPool layer, List<Shape> inputs) {
    return List.of(layer);
  }

  @Override
  public List<Layer> globalAvgPool(GlobalAvgPool layer, List<Shape> inputs) {
    return List.of(layer);
  }

  @Override
  public List<Layer> reduce(Reduce layer, List<Shape> inputs) {
    return List.of(layer);
  }

  @Override
  public List<Layer> batchReduce(BatchReduce layer, List<Shape> inputs) {
    return List.of(layer);
  }

  @Override
  public List<Layer> flatten(Flatten layer, List<Shape> inputs) {
    return List.of(layer);
  }

  @Override
  public List<Layer> reshape(Reshape layer, List<Shape> inputs) {
    return List.of(layer);
  }

  @Override
  public List<Layer> transpose(Transpose layer, List<Shape> inputs) {
    return List.of(layer);
  }

  @Override
  public List<Layer> slice(Slice layer, List<Shape> inputs) {
    return List.of(layer);
  }

  @Override
  public List<Layer> concat(Concat layer, List<Shape> inputs) {
    return List.of(layer);
  }

  @Override
  public List<Layer> pad2d(Pad2d layer, List<Shape> inputs) {
    return List.of(layer);
  }

  @Override
  public List<Layer> upsample2d(Upsample2d layer, List<Shape> inputs) {
    return List.of(layer);
  }

  @Override
  public List<Layer> activation(Activation layer, List<Shape> inputs) {
    return activation.apply(layer, inputs);
  }

  @Override
  public List<Layer> pRelu(PRelu layer, List<Shape> inputs) {
    return List.of(layer);
  }

  @Override
  public List<Layer> softmax(Softmax layer, List<Shape> inputs) {
    return List.of(layer);
  }

  @Override
  public List<Layer> logSoftmax(LogSoftmax layer, List<Shape> inputs) {
    return List.of(layer);
  }

  @Override
  public List<Layer> dropout(Dropout layer, List<Shape> inputs) {
    return List.of(layer);
  }

  @Override
  public List<Layer> batchNorm(BatchNorm layer, List<Shape> inputs) {
    return List.of(layer);
  }

  @Override
  public List<Layer> groupNorm(GroupNorm layer, List<Shape> inputs) {
    return List.of(layer);
  }

  @Override
  public List<Layer> localResponseNorm(LocalResponseNorm layer, List<Shape> inputs) {
    return List.of(layer);
  }

  @Override
  public List<Layer> add(Add layer, List<Shape> inputs) {
    return List.of(layer);
  }

  @Override
  public List<Layer> multiply(Multiply layer, List<Shape> inputs) {
    return List.of(layer);
  }

  @Override
  public List<Layer> divide(Divide layer, List<Shape> inputs) {
    return List.of(layer);
  }

  @Override
  public List<Layer> affine(Affine layer, List<Shape> inputs) {
    return List.of(layer);
  }
}
