package dev.trifocal.datasets.augment;

import dev.trifocal.random.RandomStream;
import java.util.stream.LongStream;

/**
 * Blends each sample and its label with another sample of the same epoch (Zhang et al., "mixup:
 * Beyond Empirical Risk Minimization", ICLR 2018). The weight of the sample itself is drawn from
 * Beta(alpha, alpha).
 *
 * @param alpha the parameter of the distribution, positive; the paper uses 0.2 for ImageNet
 */
public record Mixup(double alpha) {
  /** The name of this augmentation. */
  public static final String NAME = "mixup";

  /** The paper's setting for ImageNet. */
  public static final Mixup STANDARD = new Mixup(0.2);

  public Mixup {
    AugmentationStrength.POSITIVE.require(NAME, alpha);
  }

  /**
   * The partner of a sample and the weights of both.
   *
   * @param other the index of the partner, possibly that of the sample itself
   * @param share the weight of the sample itself, within [0, 1]
   */
  public record Pair(int other, double share) {}

  /**
   * Draws the partner of a sample, as a pure function of the stream.
   *
   * @param size the size of the data set
   * @param stream the random stream of this sample in this epoch
   */
  public Pair pair(int size, RandomStream stream) {
    RandomStream draw = stream.at(NAME);
    double own = gamma(draw.at("own"));
    double others = gamma(draw.at("other"));
    // For very small alphas, both underflow; images are then not blended.
    double share = own + others > 0 ? own / (own + others) : 1;
    return new Pair(draw.at("index").below(0, size), share);
  }

  /**
   * Draws from a gamma distribution (Marsaglia and Tsang, "A simple method for generating gamma
   * variables", 2000); shapes below 1 are reduced to the shape plus 1.
   */
  private double gamma(RandomStream stream) {
    double d = (alpha < 1 ? alpha + 1 : alpha) - 1 / 3.0;
    double c = 1 / Math.sqrt(9 * d);
    double boost = alpha < 1 ? StrictMath.pow(stream.at("boost").uniform(0, 0, 1), 1 / alpha) : 1;
    return LongStream.iterate(0, i -> i + 1)
            .mapToDouble(i -> candidate(stream, i, d, c))
            .filter(v -> v >= 0)
            .findFirst()
            .orElseThrow()
        * boost;
  }

  /** Returns a candidate, or a negative value if it is rejected. */
  private static double candidate(RandomStream stream, long i, double d, double c) {
    double x = stream.at("normal").gaussian(i);
    double v = (1 + c * x) * (1 + c * x) * (1 + c * x);
    double u = stream.at("accept").uniform(i, 0, 1);
    boolean accepted = v > 0 && StrictMath.log(u) < 0.5 * x * x + d - d * v + d * StrictMath.log(v);
    return accepted ? d * v : -1;
  }
}
