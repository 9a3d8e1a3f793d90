package dev.trifocal.backend.dl4j;

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

/** Runs each layer: forward immediately, and backward when its pullback is called. */
record LayerExecutor(Nd4jOperators operators, ModeDependentLayers mode)
    implements LayerVisitor<NodeContext, ForwardResult> {

  @Override
  public ForwardResult input(Input layer, NodeContext context) {
    return new ForwardResult(
        operators.memory().share(context.given().get(context.node().path())),
        (gradient, sink) -> {});
  }

  @Override
  public ForwardResult learnableInput(LearnableInput layer, NodeContext context) {
    return new ShapeOps(operators).learned(layer, context);
  }

  @Override
  public ForwardResult conv2d(Conv2d layer, NodeContext context) {
    return new Convolutions(operators).conv2d(layer, context);
  }

  @Override
  public ForwardResult convTranspose2d(ConvTranspose2d layer, NodeContext context) {
    return new Convolutions(operators).convTranspose2d(layer, context);
  }

  @Override
  public ForwardResult dense(Dense layer, NodeContext context) {
    return new MatMuls(operators).dense(layer, context);
  }

  @Override
  public ForwardResult matMul(MatMul layer, NodeContext context) {
    return new MatMuls(operators).matMul(context);
  }

  @Override
  public ForwardResult maxPool2d(MaxPool2d layer, NodeContext context) {
    return new Pools(operators).maxPool2d(layer, context);
  }

  @Override
  public ForwardResult avgPool2d(AvgPool2d layer, NodeContext context) {
    return new Pools(operators).avgPool2d(layer, context);
  }

  @Override
  public ForwardResult globalMaxPool(GlobalMaxPool layer, NodeContext context) {
    return new Pools(operators).globalMaxPool(context);
  }

  @Override
  public ForwardResult globalAvgPool(GlobalAvgPool layer, NodeContext context) {
    return new Pools(operators).globalAvgPool(context);
  }

  @Override
  public ForwardResult reduce(Reduce layer, NodeContext context) {
    return new Reductions(operators).reduce(layer, context);
  }

  @Override
  public ForwardResult batchReduce(BatchReduce layer, NodeContext context) {
    return new Reductions(operators).batchReduce(layer, context);
  }

  @Override
  public ForwardResult flatten(Flatten layer, NodeContext context) {
    return new ShapeOps(operators).reshape(context);
  }

  @Override
  public ForwardResult reshape(Reshape layer, NodeContext context) {
    return new ShapeOps(operators).reshape(context);
  }

  @Override
  public ForwardResult transpose(Transpose layer, NodeContext context) {
    return new ShapeOps(operators).transpose(layer, context);
  }

  @Override
  public ForwardResult slice(Slice layer, NodeContext context) {
    return new ShapeOps(operators).slice(layer, context);
  }

  @Override
  public ForwardResult concat(Concat layer, NodeContext context) {
    return new ShapeOps(operators).concat(layer, context);
  }

  @Override
  public ForwardResult pad2d(Pad2d layer, NodeContext context) {
    return new ShapeOps(operators).pad2d(layer, context);
  }

  @Override
  public ForwardResult upsample2d(Upsample2d layer, NodeContext context) {
    return new ShapeOps(operators).upsample2d(layer, context);
  }

  @Override
  public ForwardResult activation(Activation layer, NodeContext context) {
    return layer.function().accept(new Activations(operators, context.input()));
  }

  @Override
  public ForwardResult pRelu(PRelu layer, NodeContext context) {
    return new Activations(operators, context.input()).pRelu(layer, context);
  }

  @Override
  public ForwardResult softmax(Softmax layer, NodeContext context) {
    return new Softmaxes(operators).softmax(layer, context);
  }

  @Override
  public ForwardResult logSoftmax(LogSoftmax layer, NodeContext context) {
    return new Softmaxes(operators).logSoftmax(layer, context);
  }

  @Override
  public ForwardResult dropout(Dropout layer, NodeContext context) {
    return mode.dropout(layer, context);
  }

  @Override
  public ForwardResult batchNorm(BatchNorm layer, NodeContext context) {
    return mode.batchNorm(layer, context);
  }

  @Override
  public ForwardResult groupNorm(GroupNorm layer, NodeContext context) {
    return new Normalisations(operators).groupNorm(layer, context);
  }

  @Override
  public ForwardResult localResponseNorm(LocalResponseNorm layer, NodeContext context) {
    return new Normalisations(operators).localResponseNorm(layer, context);
  }

  @Override
  public ForwardResult add(Add layer, NodeContext context) {
    return new ElementwiseOps(operators).add(context);
  }

  @Override
  public ForwardResult multiply(Multiply layer, NodeContext context) {
    return new ElementwiseOps(operators).multiply(context);
  }

  @Override
  public ForwardResult divide(Divide layer, NodeContext context) {
    return new ElementwiseOps(operators).divide(context);
  }

  @Override
  public ForwardResult affine(Affine layer, NodeContext context) {
    return new ElementwiseOps(operators).affine(layer.scale(), layer.shift(), context);
  }
}
