package dev.trifocal.train;

import dev.trifocal.error.ConfigurationException;
import dev.trifocal.graph.Value;
import dev.trifocal.layer.ActivationFunction;
import dev.trifocal.layer.Layer;

/**
 * Focal loss for independent labels (Lin et al. 2017): {@code torchvision.ops.sigmoid_focal_loss},
 * averaged over all elements. Labels: 0 or 1, of the output's shape.
 *
 * @param alpha weight of label 1, in [0, 1]; label 0 has weight {@code 1 - alpha}
 * @param gamma focusing parameter, at least 0
 */
public record BinaryFocalLoss(double alpha, double gamma) implements Loss {
  public BinaryFocalLoss {
    if (!(alpha >= 0 && alpha <= 1)) {
      throw new ConfigurationException("alpha must be within [0, 1], but is " + alpha);
    }
    if (!(gamma >= 0)) {
      throw new ConfigurationException("gamma must be 0 or more, but is " + gamma);
    }
  }

  @Override
  public Value of(LossInputs in) {
    Value logits = in.output();
    Value labels = in.probabilities();
    Value p = logits.then(Layer.sigmoid());
    Value softplus = logits.then(Layer.activation(new ActivationFunction.Softplus()));
    Value crossEntropy = softplus.minus(labels.times(logits));
    // 1 - p for label 1, p for label 0.
    Value wrong = p.plus(labels).minus(p.times(labels).times(2)).clip(0, 1);
    Value weight = labels.times(2 * alpha - 1).plus(1 - alpha);
    return weight.times(wrong.power(gamma)).times(crossEntropy).mean();
  }

  @Override
  public boolean suits(int units, int classes) {
    return new BinaryCrossEntropy().suits(units, classes);
  }

  @Override
  public boolean isIndependent() {
    return true;
  }
}
