package dev.trifocal.backend.djl;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
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
import dev.trifocal.layer.Learned;
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
 * What each layer is in PyTorch's operators.
 *
 * @param modal the layers that differ between evaluation and training
 * @param fed values of the input nodes by path
 * @param batch number of samples
 */
record ForwardLowering(ModalLayers modal, Map<String, PtNDArray> fed, int batch)
    implements LayerVisitor<Site, PtNDArray> {
  private static final Shape ONE_PIXEL = new Shape(1, 1);

  @Override
  public PtNDArray input(Input layer, Site site) {
    return fed.get(site.node().path());
  }

  @Override
  public PtNDArray learned(Learned layer, Site site) {
    Shape sizes = new Shape(layer.shape().batch(batch).toLongs());
    return JniUtils.broadcast(JniUtils.unsqueeze(site.parameter("weight"), 0), sizes);
  }

  @Override
  public PtNDArray conv2d(Conv2d layer, Site site) {
    return Convolution.of(layer, site);
  }

  @Override
  public PtNDArray convTranspose2d(ConvTranspose2d layer, Site site) {
    return TransposedConvolution.of(layer, site);
  }

  @Override
  public PtNDArray dense(Dense layer, Site site) {
    return JniUtils.linear(
        site.input(), site.parameter("weight"), layer.bias() ? site.parameter("bias") : null);
  }

  @Override
  public PtNDArray matMul(MatMul layer, Site site) {
    return JniUtils.matmul(site.inputs().get(0), site.inputs().get(1));
  }

  @Override
  public PtNDArray maxPool2d(MaxPool2d layer, Site site) {
    return MaxPool.of(layer.window(), site);
  }

  @Override
  public PtNDArray avgPool2d(AvgPool2d layer, Site site) {
    return AvgPool.of(layer, site);
  }

  @Override
  public PtNDArray globalMaxPool(GlobalMaxPool layer, Site site) {
    return JniUtils.adaptiveMaxPool(site.input(), ONE_PIXEL);
  }

  @Override
  public PtNDArray globalAvgPool(GlobalAvgPool layer, Site site) {
    return JniUtils.adaptiveAvgPool(site.input(), ONE_PIXEL);
  }

  @Override
  public PtNDArray reduce(Reduce layer, Site site) {
    return new Reduction(site.input(), layer.axes()).of(layer.reduction());
  }

  @Override
  public PtNDArray batchReduce(BatchReduce layer, Site site) {
    PtNDArray sum = JniUtils.sum(site.input(), new long[] {0}, true);
    return layer.reduction() == Reduce.Reduction.SUM
        ? sum
        : JniUtils.div(sum, Constants.of(sum, site.input().getShape().get(0)));
  }

  @Override
  public PtNDArray flatten(Flatten layer, Site site) {
    return reshaped(site);
  }

  @Override
  public PtNDArray reshape(Reshape layer, Site site) {
    return reshaped(site);
  }

  @Override
  public PtNDArray transpose(Transpose layer, Site site) {
    long[] order = new long[layer.order().size() + 1];
    for (int axis = 1; axis < order.length; axis++) {
      order[axis] = layer.order().get(axis - 1) + 1L;
    }
    return JniUtils.permute(site.input(), order);
  }

  @Override
  public PtNDArray slice(Slice layer, Site site) {
    return JniUtils.slice(site.input(), layer.axis() + 1, layer.start(), layer.end(), layer.step());
  }

  @Override
  public PtNDArray concat(Concat layer, Site site) {
    return JniUtils.cat(site.inputs().toArray(PtNDArray[]::new), layer.axis() + 1);
  }

  @Override
  public PtNDArray pad2d(Pad2d layer, Site site) {
    return Border.of(layer, site.input());
  }

  @Override
  public PtNDArray upsample2d(Upsample2d layer, Site site) {
    return Upsampling.of(layer, site);
  }

  @Override
  public PtNDArray activation(Activation layer, Site site) {
    return layer.function().accept(new Activations(site.input()));
  }

  @Override
  public PtNDArray pRelu(PRelu layer, Site site) {
    PtNDArray x = site.input();
    PtNDArray slopes = layer.slopes() == 1 ? site.parameter("weight") : site.channels("weight");
    return JniUtils.where(x.gt(0), x, JniUtils.mul(x, slopes));
  }

  @Override
  public PtNDArray softmax(Softmax layer, Site site) {
    return JniUtils.softmax(site.input(), layer.axis() + 1, DataType.FLOAT32);
  }

  @Override
  public PtNDArray logSoftmax(LogSoftmax layer, Site site) {
    return JniUtils.logSoftmax(site.input(), layer.axis() + 1, DataType.FLOAT32);
  }

  @Override
  public PtNDArray dropout(Dropout layer, Site site) {
    return modal.dropout(layer, site);
  }

  @Override
  public PtNDArray batchNorm(BatchNorm layer, Site site) {
    return modal.batchNorm(layer, site);
  }

  @Override
  public PtNDArray groupNorm(GroupNorm layer, Site site) {
    return Normalisation.of(layer, site);
  }

  @Override
  public PtNDArray localResponseNorm(LocalResponseNorm layer, Site site) {
    return Normalisation.of(layer, site.input());
  }

  @Override
  public PtNDArray add(Add layer, Site site) {
    return site.inputs().stream().reduce(JniUtils::add).orElseThrow();
  }

  @Override
  public PtNDArray multiply(Multiply layer, Site site) {
    return JniUtils.mul(site.inputs().get(0), site.inputs().get(1));
  }

  @Override
  public PtNDArray divide(Divide layer, Site site) {
    return JniUtils.div(site.inputs().get(0), site.inputs().get(1));
  }

  @Override
  public PtNDArray affine(Affine layer, Site site) {
    PtNDArray scaled = JniUtils.mul(site.input(), site.channels(layer.scale()));
    return JniUtils.add(scaled, site.channels(layer.shift()));
  }

  private PtNDArray reshaped(Site site) {
    return JniUtils.reshape(site.input(), site.node().batchShape(batch).toLongs());
  }
}
