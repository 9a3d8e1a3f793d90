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

/** Runs each layer, forward at once and backward when its pullback is called. */
record Layers(Operators operators, Mode mode) implements LayerVisitor<Site, Traced> {

  @Override
  public Traced input(Input layer, Site site) {
    return new Traced(
        operators.memory().share(site.given().get(site.node().path())), (gradient, sink) -> {});
  }

  @Override
  public Traced learned(Learned layer, Site site) {
    return new Moves(operators).learned(layer, site);
  }

  @Override
  public Traced conv2d(Conv2d layer, Site site) {
    return new Convolutions(operators).conv2d(layer, site);
  }

  @Override
  public Traced convTranspose2d(ConvTranspose2d layer, Site site) {
    return new Convolutions(operators).convTranspose2d(layer, site);
  }

  @Override
  public Traced dense(Dense layer, Site site) {
    return new Joins(operators).dense(layer, site);
  }

  @Override
  public Traced matMul(MatMul layer, Site site) {
    return new Joins(operators).matMul(site);
  }

  @Override
  public Traced maxPool2d(MaxPool2d layer, Site site) {
    return new Pools(operators).maxPool2d(layer, site);
  }

  @Override
  public Traced avgPool2d(AvgPool2d layer, Site site) {
    return new Pools(operators).avgPool2d(layer, site);
  }

  @Override
  public Traced globalMaxPool(GlobalMaxPool layer, Site site) {
    return new Pools(operators).globalMaxPool(site);
  }

  @Override
  public Traced globalAvgPool(GlobalAvgPool layer, Site site) {
    return new Pools(operators).globalAvgPool(site);
  }

  @Override
  public Traced reduce(Reduce layer, Site site) {
    return new Reductions(operators).reduce(layer, site);
  }

  @Override
  public Traced batchReduce(BatchReduce layer, Site site) {
    return new Reductions(operators).batchReduce(layer, site);
  }

  @Override
  public Traced flatten(Flatten layer, Site site) {
    return new Moves(operators).reshape(site);
  }

  @Override
  public Traced reshape(Reshape layer, Site site) {
    return new Moves(operators).reshape(site);
  }

  @Override
  public Traced transpose(Transpose layer, Site site) {
    return new Moves(operators).transpose(layer, site);
  }

  @Override
  public Traced slice(Slice layer, Site site) {
    return new Moves(operators).slice(layer, site);
  }

  @Override
  public Traced concat(Concat layer, Site site) {
    return new Joins(operators).concat(layer, site);
  }

  @Override
  public Traced pad2d(Pad2d layer, Site site) {
    return new Moves(operators).pad2d(layer, site);
  }

  @Override
  public Traced upsample2d(Upsample2d layer, Site site) {
    return new Moves(operators).upsample2d(layer, site);
  }

  @Override
  public Traced activation(Activation layer, Site site) {
    return layer.function().accept(new Activations(operators, site.input()));
  }

  @Override
  public Traced pRelu(PRelu layer, Site site) {
    return new Reductions(operators).pRelu(layer, site);
  }

  @Override
  public Traced softmax(Softmax layer, Site site) {
    return new Reductions(operators).softmax(layer, site);
  }

  @Override
  public Traced logSoftmax(LogSoftmax layer, Site site) {
    return new Reductions(operators).logSoftmax(layer, site);
  }

  @Override
  public Traced dropout(Dropout layer, Site site) {
    return mode.dropout(layer, site);
  }

  @Override
  public Traced batchNorm(BatchNorm layer, Site site) {
    return mode.batchNorm(layer, site);
  }

  @Override
  public Traced groupNorm(GroupNorm layer, Site site) {
    return new Normalisations(operators).groupNorm(layer, site);
  }

  @Override
  public Traced localResponseNorm(LocalResponseNorm layer, Site site) {
    return new Normalisations(operators).localResponseNorm(layer, site);
  }

  @Override
  public Traced add(Add layer, Site site) {
    return new Joins(operators).add(site);
  }

  @Override
  public Traced multiply(Multiply layer, Site site) {
    return new Joins(operators).multiply(site);
  }

  @Override
  public Traced divide(Divide layer, Site site) {
    return new Joins(operators).divide(site);
  }

  @Override
  public Traced affine(Affine layer, Site site) {
    return new Joins(operators).affine(layer.scale(), layer.shift(), site);
  }
}
