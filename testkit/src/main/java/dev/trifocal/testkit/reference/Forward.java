package dev.trifocal.testkit.reference;

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

/** Sends each layer to where it is written down. */
record Forward() implements LayerVisitor<Site, Array> {
  @Override
  public Array input(Input layer, Site site) {
    throw new IllegalArgumentException("input '%s' is missing".formatted(site.node().path()));
  }

  @Override
  public Array conv2d(Conv2d layer, Site site) {
    return Convolutions.conv2d(layer, site);
  }

  @Override
  public Array dense(Dense layer, Site site) {
    return Convolutions.dense(site);
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
  public Array globalAvgPool(GlobalAvgPool layer, Site site) {
    return Pools.globalAverage(site);
  }

  @Override
  public Array flatten(Flatten layer, Site site) {
    return site.input().reshape(site.outputShape());
  }

  @Override
  public Array activation(Activation layer, Site site) {
    return site.input().map(layer.function().accept(new Functions()));
  }

  @Override
  public Array softmax(Softmax layer, Site site) {
    return Softmaxes.along(site.input(), 1);
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
  public Array add(Add layer, Site site) {
    return Elementwise.fold(site, Double::sum);
  }

  @Override
  public Array multiply(Multiply layer, Site site) {
    return Elementwise.fold(site, (a, b) -> a * b);
  }

  @Override
  public Array concat(Concat layer, Site site) {
    return Arrangements.concat(site, 1);
  }

  @Override
  public Array affine(Affine layer, Site site) {
    return Elementwise.affine(layer, site.input());
  }
}
