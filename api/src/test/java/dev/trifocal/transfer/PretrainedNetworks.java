package dev.trifocal.transfer;

import static dev.trifocal.layer.Layer.batchNorm;
import static dev.trifocal.layer.Layer.conv;
import static dev.trifocal.layer.Layer.dense;
import static dev.trifocal.layer.Layer.dropout;
import static dev.trifocal.layer.Layer.flatten;
import static dev.trifocal.layer.Layer.globalAvgPool;
import static dev.trifocal.layer.Layer.relu;
import static dev.trifocal.layer.Layer.softmax;

import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Value;
import dev.trifocal.shape.Shape;

/** Small networks of the kinds that people begin transfer learning with. */
final class PretrainedNetworks {
  static final Shape IMAGE = Shape.of(3, 9, 12);

  private PretrainedNetworks() {}

  /** With a dense layer at its end. */
  static Graph classifier() {
    return Graph.build(
        "classifier",
        IMAGE,
        v -> top(v).then("pool", globalAvgPool()).then("flatten", flatten()).then("fc", dense(10)));
  }

  /** Dropout, and a convolution in place of the dense layer, and probabilities. */
  static Graph convolutional() {
    return Graph.build(
        "convolutional",
        IMAGE,
        v ->
            top(v)
                .then("pool", globalAvgPool())
                .then("dropout", dropout(0.5))
                .then("logits", conv(10, 1))
                .then("flatten", flatten())
                .then("softmax", softmax()));
  }

  /** Up to the map that a head would pool. */
  static Graph withoutTop() {
    return Graph.build("notop", IMAGE, PretrainedNetworks::top);
  }

  private static Value top(Value v) {
    return v.then("conv1", conv(4, 3).padding(1))
        .block("layer1", PretrainedNetworks::block)
        .block("layer2", PretrainedNetworks::block);
  }

  private static Value block(Value v) {
    return v.then("conv", conv(4, 3).padding(1))
        .then("bn", batchNorm())
        .plus(v)
        .then("relu", relu());
  }
}
