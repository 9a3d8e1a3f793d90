package dev.trifocal.train;

import dev.trifocal.error.ConfigurationException;
import dev.trifocal.graph.Value;
import dev.trifocal.layer.ActivationFunction;
import dev.trifocal.layer.Layer;

/**
 * Lin et al. 2017 for answers that do not exclude one another: {@code
 * torchvision.ops.sigmoid_focal_loss}, mean over all elements. Labels: 0 or 1, of the output's
 * shape.
 *
 * @param alpha weight of label 1, from 0 to 1; label 0 weighs {@code 1 - alpha}
 * @param gamma 0 or more
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
    // 1 - p where the label is 1, p where it is 0.
    Value wrong = p.plus(labels).minus(p.times(labels).times(2)).clip(0, 1);
    Value weight = labels.times(2 * alpha - 1).plus(1 - alpha);
    return weight.times(wrong.power(gamma)).times(crossEntropy).mean();
  }

  @Override
  public boolean suits(int units, int classes) {
    return new BinaryCrossEntropy().suits(units, classes);
  }
}
