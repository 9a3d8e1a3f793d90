package dev.trifocal.train;

import static dev.trifocal.layer.Layer.logSoftmax;

import dev.trifocal.error.ConfigurationException;
import dev.trifocal.graph.Value;
import java.util.List;
import java.util.OptionalLong;

/**
 * Focal loss for mutually exclusive classes (Lin et al. 2017): cross-entropy with each sample
 * weighted by {@code (1 - p)^gamma}, where p is the probability of its class, which reduces the
 * weight of easy samples. Averaged over all labels that are not ignored. Outputs and labels are as
 * in {@link SoftmaxCrossEntropy}.
 *
 * @param gamma focusing parameter, at least 0; 0 gives cross-entropy
 * @param classWeights the paper's alpha: one per class, or empty
 * @param ignoreIndex class id of labels to ignore
 */
public record FocalLoss(double gamma, List<Double> classWeights, OptionalLong ignoreIndex)
    implements Loss {
  public FocalLoss {
    classWeights = List.copyOf(classWeights);
    if (!(gamma >= 0)) {
      throw new ConfigurationException("gamma must be 0 or more, but is " + gamma);
    }
  }

  /** Creates a loss for which every label counts. */
  public FocalLoss(double gamma, List<Double> classWeights) {
    this(gamma, classWeights, OptionalLong.empty());
  }

  public FocalLoss gamma(double value) {
    return new FocalLoss(value, classWeights, ignoreIndex);
  }

  public FocalLoss classWeights(List<Double> values) {
    return new FocalLoss(gamma, values, ignoreIndex);
  }

  /** Returns this loss with labels of this id ignored; none if it is empty. */
  public FocalLoss ignoring(OptionalLong id) {
    return new FocalLoss(gamma, classWeights, id);
  }

  @Override
  public Value of(LossInputs in) {
    Value logarithms = in.output().then(logSoftmax());
    Value rest = logarithms.exp().times(-1).plus(1).clip(0, 1);
    Value labels = in.labels(new ClassLabels(0, classWeights, ignoreIndex));
    Value loss = labels.times(rest.power(gamma)).times(logarithms).sum(0).times(-1);
    if (ignoreIndex.isEmpty()) {
      return loss.mean();
    }
    Value counted = in.labels(ClassLabels.PLAIN.ignoring(ignoreIndex).weights());
    return loss.sum().dividedBy(counted.sum().clip(Float.MIN_NORMAL, 1e30));
  }

  @Override
  public boolean suits(int units, int classes) {
    return units == classes;
  }
}
