package dev.trifocal.apps.model;

import dev.trifocal.shape.Shape;
import dev.trifocal.zoo.Preprocessing;
import java.util.List;
import java.util.Optional;

/**
 * What the user says of how pictures are prepared; empty for what is left to the model.
 *
 * @param named one of the usual ways, over which the others are laid
 */
public record PictureChoice(
    Optional<Usual> named,
    Optional<Integer> shorterSide,
    Optional<Preprocessing.Order> order,
    Optional<Double> scale,
    Optional<List<Double>> mean,
    Optional<List<Double>> deviation) {
  /** Nothing said. */
  public static final PictureChoice NONE =
      new PictureChoice(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  /** Of the input that the usual ways with a cut were made for. */
  private static final double USUAL_SIDE = 224;

  /** Ways that have a name. */
  public enum Usual {
    TORCHVISION(Preprocessing.TORCHVISION),
    CAFFE(Preprocessing.CAFFE),
    SYMMETRIC(Preprocessing.SYMMETRIC),
    UNIT(Preprocessing.UNIT);

    private final Preprocessing preprocessing;

    Usual(Preprocessing preprocessing) {
      this.preprocessing = preprocessing;
    }

    /** This way, for pictures of such a size: what is cut away stays the same share. */
    Preprocessing at(Shape sample) {
      int side = Math.min(sample.size(1), sample.size(2));
      return preprocessing.shorterSide(
          (int) Math.round(preprocessing.shorterSide() * side / USUAL_SIDE));
    }
  }

  /**
   * What is right for many a model that says nothing itself: colours in [-1, 1], gray in [0, 1].
   *
   * @param sample what the model reads
   */
  public static Preprocessing usual(Shape sample) {
    boolean gray = sample.rank() == 3 && sample.size(0) == 1;
    return gray ? Preprocessing.UNIT : Preprocessing.SYMMETRIC;
  }

  /**
   * A model's own preprocessing with what is said laid over it; empty if neither says anything.
   *
   * @param sample what the model reads
   */
  public Optional<Preprocessing> over(Optional<Preprocessing> own, Shape sample) {
    if (equals(NONE)) {
      return own;
    }
    Preprocessing base =
        named
            .filter(way -> sample.rank() == 3)
            .map(way -> way.at(sample))
            .or(() -> own)
            .orElseGet(() -> usual(sample));
    return Optional.of(
        new Preprocessing(
            shorterSide.orElse(base.shorterSide()),
            order.orElse(base.order()),
            scale.orElse(base.scale()),
            mean.orElse(base.mean()),
            deviation.orElse(base.deviation())));
  }
}
