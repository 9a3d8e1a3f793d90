package dev.trifocal.transfer;

import dev.trifocal.error.ConfigurationException;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Node;
import dev.trifocal.graph.ScoreOutput;
import dev.trifocal.graph.Value;
import dev.trifocal.layer.Layer;
import dev.trifocal.layer.ScoreKind;

/**
 * The usual classifier head: global average pooling of feature maps, dropout, and a dense layer
 * that outputs the logits.
 *
 * @param units number of units of the dense layer, one per class, positive
 * @param dropout dropout rate in [0, 1); 0 for none
 */
public record ClassifierHead(int units, double dropout) {
  /** The dropout rate in Keras's transfer-learning guide. */
  public static final double USUAL_DROPOUT = 0.2;

  private static final int IMAGENET = 1000;
  private static final int IMAGENET_AND_BACKGROUND = 1001;

  /** Returns a head with the usual dropout. */
  public static ClassifierHead of(int units) {
    return new ClassifierHead(units, USUAL_DROPOUT);
  }

  /**
   * Returns the base up to a node, followed by this head.
   *
   * @param features path of the node that the head reads
   * @param block name of the block with the head's layers, such as {@code head}
   */
  public Graph on(Graph base, String features, String block) {
    return base.withHead(features, value -> value.block(block, this::build));
  }

  /**
   * Returns the path of the node that a new head should read: the input of the last layer with
   * weights for a classifier, the output for a network without its top.
   *
   * @throws ConfigurationException if the network has no layer with weights
   */
  public static String features(Graph base) {
    Node last = lastWeighted(base);
    Node end = base.node(base.outputs().values().iterator().next());
    return isOnePixel(last) || isImageNet(end) || ScoreOutput.kind(base, end) != ScoreKind.LOGITS
        ? last.inputs().get(0)
        : end.path();
  }

  /**
   * Returns the path of the input of the last layer with weights.
   *
   * @throws ConfigurationException if the network has no layer with weights
   */
  public static String beforeLastWeights(Graph base) {
    return lastWeighted(base).inputs().get(0);
  }

  private static Node lastWeighted(Graph base) {
    for (int i = base.nodes().size() - 1; i >= 0; i--) {
      Node node = base.nodes().get(i);
      if (node.layer().multiplyAdds(node.inputShapes()) > 0) {
        return node;
      }
    }
    throw new ConfigurationException(
        base.name()
            + " has no layer with weights that a head could replace; specify the node that the head reads");
  }

  /** Returns whether a node is a dense layer or an equivalent convolution. */
  private static boolean isOnePixel(Node node) {
    return node.inputShapes().get(0).elements() == node.inputShapes().get(0).size(0);
  }

  private static boolean isImageNet(Node end) {
    long units = end.shape().elements();
    return units == IMAGENET || units == IMAGENET_AND_BACKGROUND;
  }

  private Value build(Value features) {
    boolean map =
        features.shape().rank() == 3 && features.shape().elements() > features.shape().size(0);
    Value pooled = map ? features.then("pool", Layer.globalAvgPool()) : features;
    Value flat = pooled.shape().rank() == 1 ? pooled : pooled.then("flatten", Layer.flatten());
    Value dropped = dropout == 0 ? flat : flat.then("dropout", Layer.dropout(dropout));
    return dropped.then("fc", Layer.dense(units));
  }
}
