package dev.trifocal.train;

import dev.trifocal.graph.Value;

/**
 * What a {@link Loss} is drawn from: outputs of the network and labels of the batch. Labels are
 * encoded to suit the output that they belong to.
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

  /** The output that the objective is about: logits {@code [K, ...]} in most networks. */
  public Value output() {
    return drawing.output(output);
  }

  /**
   * Another output and the labels of the same name.
   *
   * @throws dev.trifocal.error.GraphException if the network has no such output
   */
  public LossInputs at(String otherOutput) {
    return new LossInputs(drawing, otherOutput, otherOutput);
  }

  /** The same output with labels of another name. */
  public LossInputs label(String name) {
    return new LossInputs(drawing, output, name);
  }

  /** Class labels as distributions of the output's shape, one-hot where they are class ids. */
  public Value classes() {
    return labels(ClassLabels.PLAIN);
  }

  /** Labels as numbers of the output's shape. */
  public Value values() {
    return labels(new ValueLabels(ValueLabels.Range.ANY));
  }

  /** Labels as numbers within [0, 1] of the output's shape. */
  public Value probabilities() {
    return labels(new ValueLabels(ValueLabels.Range.PROBABILITIES));
  }

  /**
   * Labels in another encoding.
   *
   * @throws dev.trifocal.error.GraphException if such labels do not suit the output
   */
  public Value labels(LabelEncoding encoding) {
    return drawing.label(output, label, encoding);
  }
}
