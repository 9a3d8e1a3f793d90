package dev.trifocal.backend.djl;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.trifocal.backend.ComputePrecision;
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
import java.util.Map;

/**
 * Runs each layer in PyTorch's operators.
 *
 * @param modal runs the layers that depend on the mode
 * @param scripts operators that DJL does not offer
 * @param precision in which convolutions are computed
 * @param fed values of the input nodes by path
 * @param batch number of samples
 */
record LayerExecutor(
    ModeDependentLayers modal,
    ScriptedOperators scripts,
    ComputePrecision precision,
    Map<String, PtNDArray> fed,
    int batch)
    implements LayerVisitor<NodeContext, PtNDArray> {
  private static final Shape ONE_PIXEL = new Shape(1, 1);

  @Override
  public PtNDArray input(Input layer, NodeContext context) {
    return fed.get(context.node().path());
  }

  @Override
  public PtNDArray learnableInput(LearnableInput layer, NodeContext context) {
    Shape sizes = new Shape(layer.shape().batch(batch).toLongs());
    return JniUtils.broadcast(JniUtils.unsqueeze(context.parameter("weight"), 0), sizes);
  }

  @Override
  public PtNDArray conv2d(Conv2d layer, NodeContext context) {
    return switch (precision) {
      case FLOAT32 -> Convolution.of(layer, context);
      case BF16 -> Convolution.ofBfloat16(layer, context, scripts);
    };
  }

  @Override
  public PtNDArray convTranspose2d(ConvTranspose2d layer, NodeContext context) {
    return TransposedConvolution.of(layer, context);
  }

  @Override
  public PtNDArray dense(Dense layer, NodeContext context) {
    return JniUtils.linear(
        context.input(),
        context.parameter("weight"),
        layer.bias() ? context.parameter("bias") : null);
  }

  @Override
  public PtNDArray matMul(MatMul layer, NodeContext context) {
    return JniUtils.matmul(context.inputs().get(0), context.inputs().get(1));
  }

  @Override
  public PtNDArray maxPool2d(MaxPool2d layer, NodeContext context) {
    return MaxPool.of(layer.window(), context);
  }

  @Override
  public PtNDArray avgPool2d(AvgPool2d layer, NodeContext context) {
    return AvgPool.of(layer, context);
  }

  @Override
  public PtNDArray globalMaxPool(GlobalMaxPool layer, NodeContext context) {
    return JniUtils.adaptiveMaxPool(context.input(), ONE_PIXEL);
  }

  @Override
  public PtNDArray globalAvgPool(GlobalAvgPool layer, NodeContext context) {
    return JniUtils.adaptiveAvgPool(context.input(), ONE_PIXEL);
  }

  @Override
  public PtNDArray reduce(Reduce layer, NodeContext context) {
    return new Reduction(context.input(), layer.axes()).of(layer.reduction());
  }

  @Override
  public PtNDArray batchReduce(BatchReduce layer, NodeContext context) {
    PtNDArray sum = JniUtils.sum(context.input(), new long[] {0}, true);
    return layer.reduction() == Reduce.Reduction.SUM
        ? sum
        : JniUtils.div(sum, NativeScalars.of(sum, context.input().getShape().get(0)));
  }

  @Override
  public PtNDArray flatten(Flatten layer, NodeContext context) {
    return reshaped(context);
  }

  @Override
  public PtNDArray reshape(Reshape layer, NodeContext context) {
    return reshaped(context);
  }

  @Override
  public PtNDArray transpose(Transpose layer, NodeContext context) {
    long[] order = new long[layer.order().size() + 1];
    for (int axis = 1; axis < order.length; axis++) {
      order[axis] = layer.order().get(axis - 1) + 1L;
    }
    return JniUtils.permute(context.input(), order);
  }

  @Override
  public PtNDArray slice(Slice layer, NodeContext context) {
    return JniUtils.slice(
        context.input(), layer.axis() + 1, layer.start(), layer.end(), layer.step());
  }

  @Override
  public PtNDArray concat(Concat layer, NodeContext context) {
    return JniUtils.cat(context.inputs().toArray(PtNDArray[]::new), layer.axis() + 1);
  }

  @Override
  public PtNDArray pad2d(Pad2d layer, NodeContext context) {
    return ImageBorder.of(layer, context.input());
  }

  @Override
  public PtNDArray upsample2d(Upsample2d layer, NodeContext context) {
    return Upsampling.of(layer, context);
  }

  @Override
  public PtNDArray activation(Activation layer, NodeContext context) {
    return layer.function().accept(new Activations(context.input(), scripts));
  }

  @Override
  public PtNDArray pRelu(PRelu layer, NodeContext context) {
    PtNDArray x = context.input();
    PtNDArray slopes =
        layer.slopes() == 1 ? context.parameter("weight") : context.channels("weight");
    return JniUtils.where(JniUtils.gt(x, NativeScalars.of(x, 0)), x, JniUtils.mul(x, slopes));
  }

  @Override
  public PtNDArray softmax(Softmax layer, NodeContext context) {
    return JniUtils.softmax(context.input(), layer.axis() + 1, DataType.FLOAT32);
  }

  @Override
  public PtNDArray logSoftmax(LogSoftmax layer, NodeContext context) {
    return JniUtils.logSoftmax(context.input(), layer.axis() + 1, DataType.FLOAT32);
  }

  @Override
  public PtNDArray dropout(Dropout layer, NodeContext context) {
    return modal.dropout(layer, context);
  }

  @Override
  public PtNDArray batchNorm(BatchNorm layer, NodeContext context) {
    return modal.batchNorm(layer, context);
  }

  @Override
  public PtNDArray groupNorm(GroupNorm layer, NodeContext context) {
    return Normalisation.of(layer, context);
  }

  @Override
  public PtNDArray localResponseNorm(LocalResponseNorm layer, NodeContext context) {
    return Normalisation.of(layer, context.input());
  }

  @Override
  public PtNDArray add(Add layer, NodeContext context) {
    return context.inputs().stream().reduce(JniUtils::add).orElseThrow();
  }

  @Override
  public PtNDArray multiply(Multiply layer, NodeContext context) {
    return JniUtils.mul(context.inputs().get(0), context.inputs().get(1));
  }

  @Override
  public PtNDArray divide(Divide layer, NodeContext context) {
    return JniUtils.div(context.inputs().get(0), context.inputs().get(1));
  }

  @Override
  public PtNDArray affine(Affine layer, NodeContext context) {
    PtNDArray scaled = JniUtils.mul(context.input(), context.channels(layer.scale()));
    return JniUtils.add(scaled, context.channels(layer.shift()));
  }

  private PtNDArray reshaped(NodeContext context) {
    return JniUtils.reshape(context.input(), context.node().batchShape(batch).toLongs());
  }
}
