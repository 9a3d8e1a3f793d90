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
import java.util.List;

/** Sends each layer to where it is written down. */
record Forward() implements LayerVisitor<Site, Array> {
  @Override
  public Array input(Input layer, Site site) {
    throw new IllegalArgumentException("input '%s' is missing".formatted(site.node().path()));
  }

  @Override
  public Array learned(Learned layer, Site site) {
    return Arrangements.repeat(site.weight("weight"), site);
  }

  @Override
  public Array conv2d(Conv2d layer, Site site) {
    return Convolutions.conv2d(layer, site);
  }

  @Override
  public Array convTranspose2d(ConvTranspose2d layer, Site site) {
    return Convolutions.convTranspose2d(layer, site);
  }

  @Override
  public Array dense(Dense layer, Site site) {
    return Products.dense(site);
  }

  @Override
  public Array matMul(MatMul layer, Site site) {
    return Products.matMul(site);
  }

  @Override
  public Array maxPool2d(MaxPool2d layer, Site site) {
    return Pools.max(layer, site);
  }

  @Override
  public Array avgPool2d(AvgPool2d layer, Site site) {
    return Pools.average(layer, site);
  }

  @Override
  public Array globalMaxPool(GlobalMaxPool layer, Site site) {
    return Reductions.reduce(new Reduce(Reduce.Reduction.MAX, List.of(1, 2)), site.input());
  }

  @Override
  public Array globalAvgPool(GlobalAvgPool layer, Site site) {
    return Reductions.reduce(new Reduce(Reduce.Reduction.MEAN, List.of(1, 2)), site.input());
  }

  @Override
  public Array reduce(Reduce layer, Site site) {
    return Reductions.reduce(layer, site.input());
  }

  @Override
  public Array batchReduce(BatchReduce layer, Site site) {
    return Reductions.batchReduce(layer, site.input());
  }

  @Override
  public Array flatten(Flatten layer, Site site) {
    return site.input().reshape(site.outputShape());
  }

  @Override
  public Array reshape(Reshape layer, Site site) {
    return site.input().reshape(site.outputShape());
  }

  @Override
  public Array transpose(Transpose layer, Site site) {
    return Arrangements.transpose(layer, site);
  }

  @Override
  public Array slice(Slice layer, Site site) {
    return Arrangements.slice(layer, site);
  }

  @Override
  public Array concat(Concat layer, Site site) {
    return Arrangements.concat(layer, site);
  }

  @Override
  public Array pad2d(Pad2d layer, Site site) {
    return Images.pad(layer, site);
  }

  @Override
  public Array upsample2d(Upsample2d layer, Site site) {
    return Images.upsample(layer, site);
  }

  @Override
  public Array activation(Activation layer, Site site) {
    return site.input().map(layer.function().accept(new Functions()));
  }

  @Override
  public Array pRelu(PRelu layer, Site site) {
    return Elementwise.pRelu(site);
  }

  @Override
  public Array softmax(Softmax layer, Site site) {
    return Softmaxes.along(site.input(), layer.axis() + 1);
  }

  @Override
  public Array logSoftmax(LogSoftmax layer, Site site) {
    return Softmaxes.logarithms(site.input(), layer.axis() + 1);
  }

  @Override
  public Array dropout(Dropout layer, Site site) {
    return Elementwise.dropout(layer, site);
  }

  @Override
  public Array batchNorm(BatchNorm layer, Site site) {
    return Norms.batchNorm(layer, site);
  }

  @Override
  public Array groupNorm(GroupNorm layer, Site site) {
    return Norms.groupNorm(layer, site);
  }

  @Override
  public Array localResponseNorm(LocalResponseNorm layer, Site site) {
    return Norms.localResponseNorm(layer, site.input());
  }

  @Override
  public Array add(Add layer, Site site) {
    return Elementwise.fold(site, Double::sum);
  }

  @Override
  public Array multiply(Multiply layer, Site site) {
    return Elementwise.fold(site, (a, b) -> a * b);
  }

  @Override
  public Array divide(Divide layer, Site site) {
    return Elementwise.fold(site, (a, b) -> a / b);
  }

  @Override
  public Array affine(Affine layer, Site site) {
    return Elementwise.affine(layer, site.input());
  }
}
