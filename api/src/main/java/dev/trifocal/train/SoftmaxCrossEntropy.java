package dev.trifocal.train;

import static dev.trifocal.layer.Layer.logSoftmax;

import dev.trifocal.graph.Value;
import java.util.List;
import java.util.OptionalLong;

/**
 * Softmax and negative log-likelihood, {@code torch.nn.CrossEntropyLoss}. Outputs {@code [N, K]} or
 * per pixel {@code [N, K, H, W]}; labels as in {@link ClassLabels}. The mean is over labels that
 * are not ignored, weighted by class if labels are class ids; it is 0 if all are ignored.
 *
 * @param labelSmoothing share of each label that is distributed over all K classes, including the
 *     true one
 * @param classWeights one per class, or empty
 * @param ignoreIndex class id of labels to ignore
 */
public record SoftmaxCrossEntropy(
    double labelSmoothing, List<Double> classWeights, OptionalLong ignoreIndex) implements Loss {

  public SoftmaxCrossEntropy {
    classWeights = new ClassLabels(labelSmoothing, classWeights, ignoreIndex).classWeights();
  }

  public SoftmaxCrossEntropy() {
    this(0, List.of(), OptionalLong.empty());
  }

  public SoftmaxCrossEntropy labelSmoothing(double value) {
    return new SoftmaxCrossEntropy(value, classWeights, ignoreIndex);
  }

  public SoftmaxCrossEntropy classWeights(List<Double> values) {
    return new SoftmaxCrossEntropy(labelSmoothing, values, ignoreIndex);
  }

  public SoftmaxCrossEntropy ignoreIndex(long id) {
    return new SoftmaxCrossEntropy(labelSmoothing, classWeights, OptionalLong.of(id));
  }

  /** Returns this loss with labels of this id ignored; none if it is empty. */
  public SoftmaxCrossEntropy ignoring(OptionalLong id) {
    return new SoftmaxCrossEntropy(labelSmoothing, classWeights, id);
  }

  @Override
  public Value of(LossInputs in) {
    ClassLabels labels = new ClassLabels(labelSmoothing, classWeights, ignoreIndex);
    Value likelihood = in.labels(labels).times(in.output().then(logSoftmax()));
    Value loss = likelihood.sum(0).times(-1);
    return classWeights.isEmpty() && ignoreIndex.isEmpty()
        ? loss.mean()
        : loss.sum().dividedBy(in.labels(labels.weights()).sum().clip(Float.MIN_NORMAL, 1e30));
  }

  @Override
  public boolean suits(int units, int classes) {
    return units == classes;
  }
}
