package dev.trifocal.testkit.reference;

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
import java.util.List;

/** Dispatches each layer to its implementation. */
record ReferenceLayers() implements LayerVisitor<NodeContext, ReferenceArray> {
  @Override
  public ReferenceArray input(Input layer, NodeContext context) {
    throw new IllegalArgumentException("input '%s' is missing".formatted(context.node().path()));
  }

  @Override
  public ReferenceArray learnableInput(LearnableInput layer, NodeContext context) {
    return ShapeOps.repeat(context.weight("weight"), context);
  }

  @Override
  public ReferenceArray conv2d(Conv2d layer, NodeContext context) {
    return Convolutions.conv2d(layer, context);
  }

  @Override
  public ReferenceArray convTranspose2d(ConvTranspose2d layer, NodeContext context) {
    return Convolutions.convTranspose2d(layer, context);
  }

  @Override
  public ReferenceArray dense(Dense layer, NodeContext context) {
    return MatMuls.dense(context);
  }

  @Override
  public ReferenceArray matMul(MatMul layer, NodeContext context) {
    return MatMuls.matMul(context);
  }

  @Override
  public ReferenceArray maxPool2d(MaxPool2d layer, NodeContext context) {
    return Pools.max(layer, context);
  }

  @Override
  public ReferenceArray avgPool2d(AvgPool2d layer, NodeContext context) {
    return Pools.average(layer, context);
  }

  @Override
  public ReferenceArray globalMaxPool(GlobalMaxPool layer, NodeContext context) {
    return Reductions.reduce(new Reduce(Reduce.Reduction.MAX, List.of(1, 2)), context.input());
  }

  @Override
  public ReferenceArray globalAvgPool(GlobalAvgPool layer, NodeContext context) {
    return Reductions.reduce(new Reduce(Reduce.Reduction.MEAN, List.of(1, 2)), context.input());
  }

  @Override
  public ReferenceArray reduce(Reduce layer, NodeContext context) {
    return Reductions.reduce(layer, context.input());
  }

  @Override
  public ReferenceArray batchReduce(BatchReduce layer, NodeContext context) {
    return Reductions.batchReduce(layer, context.input());
  }

  @Override
  public ReferenceArray flatten(Flatten layer, NodeContext context) {
    return context.input().reshape(context.outputShape());
  }

  @Override
  public ReferenceArray reshape(Reshape layer, NodeContext context) {
    return context.input().reshape(context.outputShape());
  }

  @Override
  public ReferenceArray transpose(Transpose layer, NodeContext context) {
    return ShapeOps.transpose(layer, context);
  }

  @Override
  public ReferenceArray slice(Slice layer, NodeContext context) {
    return ShapeOps.slice(layer, context);
  }

  @Override
  public ReferenceArray concat(Concat layer, NodeContext context) {
    return ShapeOps.concat(layer, context);
  }

  @Override
  public ReferenceArray pad2d(Pad2d layer, NodeContext context) {
    return UpsamplePad.pad(layer, context);
  }

  @Override
  public ReferenceArray upsample2d(Upsample2d layer, NodeContext context) {
    return UpsamplePad.upsample(layer, context);
  }

  @Override
  public ReferenceArray activation(Activation layer, NodeContext context) {
    return context.input().map(layer.function().accept(new ElementwiseFunctions()));
  }

  @Override
  public ReferenceArray pRelu(PRelu layer, NodeContext context) {
    return Elementwise.pRelu(context);
  }

  @Override
  public ReferenceArray softmax(Softmax layer, NodeContext context) {
    return Softmaxes.along(context.input(), layer.axis() + 1);
  }

  @Override
  public ReferenceArray logSoftmax(LogSoftmax layer, NodeContext context) {
    return Softmaxes.logarithms(context.input(), layer.axis() + 1);
  }

  @Override
  public ReferenceArray dropout(Dropout layer, NodeContext context) {
    return Elementwise.dropout(layer, context);
  }

  @Override
  public ReferenceArray batchNorm(BatchNorm layer, NodeContext context) {
    return Norms.batchNorm(layer, context);
  }

  @Override
  public ReferenceArray groupNorm(GroupNorm layer, NodeContext context) {
    return Norms.groupNorm(layer, context);
  }

  @Override
  public ReferenceArray localResponseNorm(LocalResponseNorm layer, NodeContext context) {
    return Norms.localResponseNorm(layer, context.input());
  }

  @Override
  public ReferenceArray add(Add layer, NodeContext context) {
    return Elementwise.fold(context, Double::sum);
  }

  @Override
  public ReferenceArray multiply(Multiply layer, NodeContext context) {
    return Elementwise.fold(context, (a, b) -> a * b);
  }

  @Override
  public ReferenceArray divide(Divide layer, NodeContext context) {
    return Elementwise.fold(context, (a, b) -> a / b);
  }

  @Override
  public ReferenceArray affine(Affine layer, NodeContext context) {
    return Elementwise.affine(layer, context.input());
  }
}
