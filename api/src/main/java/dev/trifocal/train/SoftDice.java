package dev.trifocal.train;

import static dev.trifocal.layer.Layer.softmax;

import dev.trifocal.error.ConfigurationException;
import dev.trifocal.graph.Value;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * Soft Dice loss: one minus the mean over classes of {@code (2 * sum(p * t) + s) / (sum(p) + sum(t)
 * + s)}, which measures the overlap of the predicted area p, the softmax of the logits, and the
 * labelled area t. Sums are over the batch and all pixels (Sudre et al. 2017, without class
 * weights). Outputs {@code [N, K, ...]}; labels as in {@link ClassLabels}.
 *
 * @param smoothing s, above 0, which prevents a division by 0 for absent classes
 * @param ignoreIndex class id of labels whose pixels count in neither area
 */
public record SoftDice(double smoothing, OptionalLong ignoreIndex) implements Loss {
  public SoftDice {
    if (!(smoothing > 0)) {
      throw new ConfigurationException("smoothing must be above 0, but is " + smoothing);
    }
  }

  /** Creates a loss for which every label counts. */
  public SoftDice(double smoothing) {
    this(smoothing, OptionalLong.empty());
  }

  /** Returns this loss with labels of this id ignored; none if it is empty. */
  public SoftDice ignoring(OptionalLong id) {
    return new SoftDice(smoothing, id);
  }

  @Override
  public Value of(LossInputs in) {
    ClassLabels labels = ClassLabels.PLAIN.ignoring(ignoreIndex);
    Value softmax = in.output().then(softmax());
    Value predicted = ignoreIndex.isEmpty() ? softmax : softmax.times(in.labels(labels.weights()));
    Value labelled = in.labels(labels);
    Value overlap = area(predicted.times(labelled)).times(2).plus(smoothing);
    Value total = area(predicted).plus(area(labelled)).plus(smoothing);
    return overlap.dividedBy(total).mean().times(-1).plus(1);
  }

  @Override
  public boolean suits(int units, int classes) {
    return units == classes;
  }

  /** Returns the sum over batch and pixels for each class. */
  private static Value area(Value value) {
    Integer[] pixels = IntStream.range(1, value.shape().rank()).boxed().toArray(Integer[]::new);
    return (pixels.length == 0 ? value : value.sum(pixels)).batchSum();
  }
}
