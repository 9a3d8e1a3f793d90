package dev.trifocal.datasets.augment;

import dev.trifocal.random.RandomStream;
import java.util.stream.LongStream;

/**
 * Each sample and its label are blended with another of the same epoch (Zhang et al., "mixup:
 * Beyond Empirical Risk Minimization", ICLR 2018). The share of the sample itself is drawn from
 * Beta(alpha, alpha).
 *
 * @param alpha positive; the paper uses 0.2 for ImageNet
 */
public record Mixup(double alpha) {
  /** The word for it. */
  public static final String NAME = "mixup";

  /** The paper's for ImageNet. */
  public static final Mixup STANDARD = new Mixup(0.2);

  public Mixup {
    AugmentationStrength.POSITIVE.require(NAME, alpha);
  }

  /**
   * With whom a sample is blended, and how much of itself stays.
   *
   * @param other index of a sample, perhaps its own
   * @param share of itself, within [0, 1]
   */
  public record Pair(int other, double share) {}

  /**
   * A pure function of the stream.
   *
   * @param size of the data set
   * @param stream of this sample in this epoch
   */
  public Pair pair(int size, RandomStream stream) {
    RandomStream draw = stream.at(NAME);
    double own = gamma(draw.at("own"));
    double others = gamma(draw.at("other"));
    // Both underflow for the smallest of alphas, whose pictures are not blended at all.
    double share = own + others > 0 ? own / (own + others) : 1;
    return new Pair(draw.at("index").below(0, size), share);
  }

  /**
   * Marsaglia and Tsang, "A simple method for generating gamma variables", 2000; for shapes below 1
   * by way of the shape above.
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

  /** A draw, or less than 0 if it is rejected. */
  private static double candidate(RandomStream stream, long i, double d, double c) {
    double x = stream.at("normal").gaussian(i);
    double v = (1 + c * x) * (1 + c * x) * (1 + c * x);
    double u = stream.at("accept").uniform(i, 0, 1);
    boolean accepted = v > 0 && StrictMath.log(u) < 0.5 * x * x + d - d * v + d * StrictMath.log(v);
    return accepted ? d * v : -1;
  }
}
