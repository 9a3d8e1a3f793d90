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
import dev.trifocal.layer.Concat;
import dev.trifocal.layer.Conv2d;
import dev.trifocal.layer.Dense;
import dev.trifocal.layer.Dropout;
import dev.trifocal.layer.Flatten;
import dev.trifocal.layer.GlobalAvgPool;
import dev.trifocal.layer.Input;
import dev.trifocal.layer.LayerVisitor;
import dev.trifocal.layer.MaxPool2d;
import dev.trifocal.layer.Multiply;
import dev.trifocal.layer.Softmax;
import java.util.List;
import java.util.Map;

/**
 * What each layer is in PyTorch's operators.
 *
 * @param modal the layers that differ between evaluation and training
 * @param fed values of the input nodes by path
 */
record ForwardLowering(ModalLayers modal, Map<String, PtNDArray> fed)
    implements LayerVisitor<Site, PtNDArray> {
  @Override
  public PtNDArray input(Input layer, Site site) {
    return fed.get(site.node().path());
  }

  @Override
  public PtNDArray conv2d(Conv2d layer, Site site) {
    return Convolution.of(layer, site);
  }

  @Override
  public PtNDArray dense(Dense layer, Site site) {
    return JniUtils.linear(
        site.input(), site.parameter("weight"), layer.bias() ? site.parameter("bias") : null);
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
  public PtNDArray globalAvgPool(GlobalAvgPool layer, Site site) {
    return JniUtils.adaptiveAvgPool(site.input(), new Shape(1, 1));
  }

  @Override
  public PtNDArray flatten(Flatten layer, Site site) {
    return JniUtils.reshape(site.input(), new long[] {-1, site.node().shape().elements()});
  }

  @Override
  public PtNDArray activation(Activation layer, Site site) {
    return layer.function().accept(new Activations(site.input()));
  }

  @Override
  public PtNDArray softmax(Softmax layer, Site site) {
    return JniUtils.softmax(site.input(), 1, DataType.FLOAT32);
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
  public PtNDArray add(Add layer, Site site) {
    return site.inputs().stream().reduce(JniUtils::add).orElseThrow();
  }

  @Override
  public PtNDArray multiply(Multiply layer, Site site) {
    return JniUtils.mul(site.inputs().get(0), site.inputs().get(1));
  }

  @Override
  public PtNDArray concat(Concat layer, Site site) {
    return JniUtils.cat(site.inputs().toArray(PtNDArray[]::new), 1);
  }

  @Override
  public PtNDArray affine(Affine layer, Site site) {
    PtNDArray x = site.input();
    int rank = site.node().shape().rank();
    return JniUtils.add(
        JniUtils.mul(x, channels(x, layer.scale(), rank)), channels(x, layer.shift(), rank));
  }

  /** Constants, one per channel, spread over batch and space. */
  private static PtNDArray channels(PtNDArray x, List<Float> values, int rank) {
    long[] sizes = new long[rank];
    java.util.Arrays.fill(sizes, 1);
    sizes[0] = values.size();
    float[] floats = new float[values.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = values.get(i);
    }
    return (PtNDArray) x.getManager().create(floats, new Shape(sizes));
  }
}
