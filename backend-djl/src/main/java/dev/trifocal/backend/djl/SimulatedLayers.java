package dev.trifocal.backend.djl;

import dev.trifocal.layer.Activation;
import dev.trifocal.layer.Add;
import dev.trifocal.layer.Affine;
import dev.trifocal.layer.AvgPool2d;
import dev.trifocal.layer.BatchNorm;
import dev.trifocal.layer.BatchReduce;
import dev.trifocal.layer.Concat;
import dev.trifocal.layer.Conv2d;
import dev.trifocal.layer.ConvTranspose2d;
import dev.trifocal.layer.Dense;
import dev.trifocal.layer.Divide;
import dev.trifocal.layer.Dropout;
import dev.trifocal.layer.Flatten;
import dev.trifocal.layer.GlobalAvgPool;
import dev.trifocal.layer.GlobalMaxPool;
import dev.trifocal.layer.GroupNorm;
import dev.trifocal.layer.Input;
import dev.trifocal.layer.LayerVisitor;
import dev.trifocal.layer.LearnableInput;
import dev.trifocal.layer.LocalResponseNorm;
import dev.trifocal.layer.LogSoftmax;
import dev.trifocal.layer.MatMul;
import dev.trifocal.layer.MaxPool2d;
import dev.trifocal.layer.Multiply;
import dev.trifocal.layer.PRelu;
import dev.trifocal.layer.Pad2d;
import dev.trifocal.layer.Reduce;
import dev.trifocal.layer.Reshape;
import dev.trifocal.layer.Slice;
import dev.trifocal.layer.Softmax;
import dev.trifocal.layer.Transpose;
import dev.trifocal.layer.Upsample2d;
import dev.trifocal.shape.Shape;
import java.util.Map;
import java.util.Optional;

/**
 * The operators that {@link LayerExecutor} composes each layer of in training mode, as far as their
 * memory is concerned.
 *
 * @param fed values of the input nodes by path
 * @param batch memory of dropout masks
 */
record SimulatedLayers(SimulatedTape tape, Map<String, SimulatedArray> fed, SimulatedBatch batch)
    implements LayerVisitor<SimulatedContext, SimulatedArray> {
  static final int IMAGE = 3;

  @Override
  public SimulatedArray input(Input layer, SimulatedContext context) {
    return tape.adopt(fed.get(context.node().path()));
  }

  @Override
  public SimulatedArray learnableInput(LearnableInput layer, SimulatedContext context) {
    return operators().broadcast(context.parameter("weight"), context.elements());
  }

  @Override
  public SimulatedArray conv2d(Conv2d layer, SimulatedContext context) {
    return new SimulatedWindows(context, tape).convolution(layer);
  }

  @Override
  public SimulatedArray convTranspose2d(ConvTranspose2d layer, SimulatedContext context) {
    return new SimulatedTransposedConvolution(layer, context, tape).result();
  }

  @Override
  public SimulatedArray dense(Dense layer, SimulatedContext context) {
    return new SimulatedWeighted(tape)
        .linear(context.input(), context.parameter("weight"), context.bias(), context.elements());
  }

  @Override
  public SimulatedArray matMul(MatMul layer, SimulatedContext context) {
    return new SimulatedWeighted(tape)
        .linear(context.input(), context.inputs().get(1), Optional.empty(), context.elements());
  }

  @Override
  public SimulatedArray maxPool2d(MaxPool2d layer, SimulatedContext context) {
    return new SimulatedWindows(context, tape).maxPool(layer.window());
  }

  @Override
  public SimulatedArray avgPool2d(AvgPool2d layer, SimulatedContext context) {
    return new SimulatedWindows(context, tape).averagePool(layer);
  }

  @Override
  public SimulatedArray globalMaxPool(GlobalMaxPool layer, SimulatedContext context) {
    return operators().maximum(context.input(), context.elements());
  }

  @Override
  public SimulatedArray globalAvgPool(GlobalAvgPool layer, SimulatedContext context) {
    return operators().mean(context.input(), context.elements());
  }

  @Override
  public SimulatedArray reduce(Reduce layer, SimulatedContext context) {
    SimulatedArray x = context.input();
    return switch (layer.reduction()) {
      case SUM -> operators().sum(x, context.elements());
      case MEAN -> operators().divide(operators().sum(x, context.elements()), tape.constant(1));
      case MAX, MIN -> extreme(x, context.elements());
    };
  }

  private SimulatedArray extreme(SimulatedArray x, long elements) {
    operators().maximum(x, elements);
    SimulatedArray count = operators().sum(tape.constant(x.elements()), elements);
    SimulatedArray chosen = operators().where(x, tape.constant(1));
    return operators().divide(operators().sum(chosen, elements), count);
  }

  @Override
  public SimulatedArray batchReduce(BatchReduce layer, SimulatedContext context) {
    SimulatedArray sum = operators().sum(context.input(), context.elements());
    return switch (layer.reduction()) {
      case MEAN -> operators().divide(sum, tape.constant(1));
      case SUM, MAX, MIN -> sum;
    };
  }

  @Override
  public SimulatedArray flatten(Flatten layer, SimulatedContext context) {
    return reshaped(context);
  }

  @Override
  public SimulatedArray reshape(Reshape layer, SimulatedContext context) {
    return reshaped(context);
  }

  @Override
  public SimulatedArray transpose(Transpose layer, SimulatedContext context) {
    return tape.view(context.input(), context.elements());
  }

  @Override
  public SimulatedArray slice(Slice layer, SimulatedContext context) {
    return operators().slice(context.input(), context.elements());
  }

  @Override
  public SimulatedArray concat(Concat layer, SimulatedContext context) {
    return operators().join(context.inputs());
  }

  @Override
  public SimulatedArray pad2d(Pad2d layer, SimulatedContext context) {
    return operators().copy(context.input(), context.elements());
  }

  @Override
  public SimulatedArray upsample2d(Upsample2d layer, SimulatedContext context) {
    return operators().copy(context.input(), context.elements());
  }

  @Override
  public SimulatedArray activation(Activation layer, SimulatedContext context) {
    return layer.function().accept(new SimulatedActivations(context.input(), tape));
  }

  @Override
  public SimulatedArray pRelu(PRelu layer, SimulatedContext context) {
    SimulatedArray x = context.input();
    return operators().where(x, operators().multiply(x, context.parameter("weight")));
  }

  @Override
  public SimulatedArray softmax(Softmax layer, SimulatedContext context) {
    return operators().readingResult(context.input());
  }

  @Override
  public SimulatedArray logSoftmax(LogSoftmax layer, SimulatedContext context) {
    return operators().readingResult(context.input());
  }

  @Override
  public SimulatedArray dropout(Dropout layer, SimulatedContext context) {
    if (layer.p() == 0 || context.node().frozen()) {
      return tape.view(context.input(), context.elements());
    }
    return operators().multiply(context.input(), batch.mask(tape, context.elements()));
  }

  @Override
  public SimulatedArray batchNorm(BatchNorm layer, SimulatedContext context) {
    return new SimulatedWeighted(tape)
        .batchNorm(context.input(), context.parameter("weight"), context.parameter("bias"));
  }

  @Override
  public SimulatedArray groupNorm(GroupNorm layer, SimulatedContext context) {
    long groups = (long) context.batch() * layer.groups();
    SimulatedArray unit = operators().layerNorm(operators().reordered(context.input()), groups);
    SimulatedArray scaled = operators().multiply(unit, context.parameter("weight"));
    return operators().add(scaled, context.parameter("bias"));
  }

  @Override
  public SimulatedArray localResponseNorm(LocalResponseNorm layer, SimulatedContext context) {
    SimulatedArray x = context.input();
    Shape shape = context.inputShape();
    SimulatedArray squares = operators().readingInput(x, 2);
    SimulatedArray padded =
        operators()
            .copy(squares, x.elements() / shape.size(0) * (shape.size(0) + layer.size() - 1L));
    SimulatedArray means = operators().averagePool(padded, x.elements());
    SimulatedArray scaled = operators().multiply(means, tape.constant(1));
    SimulatedArray base = operators().add(scaled, tape.constant(1));
    return operators().divide(x, operators().power(base));
  }

  @Override
  public SimulatedArray add(Add layer, SimulatedContext context) {
    return context.inputs().stream().reduce(operators()::add).orElseThrow();
  }

  @Override
  public SimulatedArray multiply(Multiply layer, SimulatedContext context) {
    return operators().multiply(context.input(), context.inputs().get(1));
  }

  @Override
  public SimulatedArray divide(Divide layer, SimulatedContext context) {
    return operators().divide(context.input(), context.inputs().get(1));
  }

  @Override
  public SimulatedArray affine(Affine layer, SimulatedContext context) {
    SimulatedArray scaled =
        operators().multiply(context.input(), tape.constant(layer.scale().size()));
    return operators().add(scaled, tape.constant(layer.shift().size()));
  }

  /** Images lie with their channels last, so that others than single pixels are copied. */
  private SimulatedArray reshaped(SimulatedContext context) {
    Shape shape = context.inputShape();
    boolean ordered =
        shape.rank() != IMAGE || shape.size(0) == 1 || shape.size(1) * shape.size(2) == 1;
    return ordered
        ? tape.view(context.input(), context.elements())
        : operators().reordered(context.input());
  }

  private SimulatedOperators operators() {
    return new SimulatedOperators(tape);
  }
}
