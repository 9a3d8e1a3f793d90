package dev.trifocal.train;

import dev.trifocal.graph.Value;

/**
 * The inputs of a {@link Loss}: outputs of the network and labels of the batch, encoded for their
 * output.
 */
public final class LossInputs {
  private final LossGraphBuilder drawing;
  private final String output;
  private final String label;

  LossInputs(LossGraphBuilder drawing, String output, String label) {
    this.drawing = drawing;
    this.output = output;
    this.label = label;
  }

  /** Returns the output of the objective: logits {@code [K, ...]} in most networks. */
  public Value output() {
    return drawing.output(output);
  }

  /**
   * Returns the inputs for another output and the labels of the same name.
   *
   * @throws dev.trifocal.error.GraphException if the network has no such output
   */
  public LossInputs at(String otherOutput) {
    return new LossInputs(drawing, otherOutput, otherOutput);
  }

  /** Returns the inputs for the same output with labels of another name. */
  public LossInputs label(String name) {
    return new LossInputs(drawing, output, name);
  }

  /** Returns class labels as distributions of the output's shape; class ids become one-hot. */
  public Value classes() {
    return labels(ClassLabels.PLAIN);
  }

  /** Returns labels as numbers of the output's shape. */
  public Value values() {
    return labels(new ValueLabels(ValueLabels.Range.ANY));
  }

  /** Returns labels as numbers in [0, 1] of the output's shape. */
  public Value probabilities() {
    return labels(new ValueLabels(ValueLabels.Range.PROBABILITIES));
  }

  /**
   * Returns labels in another encoding.
   *
   * @throws dev.trifocal.error.GraphException if such labels do not suit the output
   */
  public Value labels(LabelEncoding encoding) {
    return drawing.label(output, label, encoding);
  }
}
