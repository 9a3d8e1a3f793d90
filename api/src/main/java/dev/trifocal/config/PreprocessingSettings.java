package dev.trifocal.config;

import dev.trifocal.image.Preprocessing;
import dev.trifocal.shape.Shape;
import java.util.List;
import java.util.Optional;

/**
 * What the user says of how pictures are prepared; empty for what is left to the model.
 *
 * @param named one of the usual ways, over which the others are laid
 */
public record PreprocessingSettings(
    Optional<Usual> named,
    Optional<Integer> shorterSide,
    Optional<Preprocessing.Order> order,
    Optional<Double> scale,
    Optional<List<Double>> mean,
    Optional<List<Double>> std) {
  /** Nothing said. */
  public static final PreprocessingSettings NONE =
      new PreprocessingSettings(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  /** All of a preprocessing. */
  public static PreprocessingSettings of(Preprocessing preprocessing) {
    return new PreprocessingSettings(
        Optional.empty(),
        Optional.of(preprocessing.shorterSide()),
        Optional.of(preprocessing.order()),
        Optional.of(preprocessing.scale()),
        Optional.of(preprocessing.mean()),
        Optional.of(preprocessing.std()));
  }

  /** Ways that have a name. */
  public enum Usual {
    TORCHVISION(Preprocessing.TORCHVISION, 256 / 224.0),
    CAFFE(Preprocessing.CAFFE, 256 / 224.0),
    SYMMETRIC(Preprocessing.SYMMETRIC, 1),
    UNIT(Preprocessing.UNIT, 0);

    private final Preprocessing preprocessing;
    private final double margin;

    /**
     * @param margin the shorter side of a picture by the size of the part that is cut out; 0 to
     *     stretch
     */
    Usual(Preprocessing preprocessing, double margin) {
      this.preprocessing = preprocessing;
      this.margin = margin;
    }

    /** This way, for a model that reads such images. */
    Preprocessing at(Shape sample) {
      int side = Math.max(sample.size(1), sample.size(2));
      return preprocessing.shorterSide((int) Math.round(margin * side));
    }
  }

  /** Whether nothing is left to the model. */
  public boolean isWhole() {
    return shorterSide.isPresent()
        && order.isPresent()
        && scale.isPresent()
        && mean.isPresent()
        && std.isPresent();
  }

  /**
   * What suits many a model that says nothing itself: colours in [-1, 1], gray in [0, 1].
   *
   * @param sample what the model reads
   */
  public static Preprocessing usual(Shape sample) {
    boolean colours = sample.rank() == 3 && sample.size(0) == 3;
    return colours ? Usual.SYMMETRIC.at(sample) : Preprocessing.UNIT;
  }

  /**
   * A model's own preprocessing, or none ({@code unit}), with what is said laid over it; empty if
   * neither says anything.
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
            .orElse(Preprocessing.UNIT);
    return Optional.of(
        new Preprocessing(
            shorterSide.orElse(base.shorterSide()),
            order.orElse(base.order()),
            scale.orElse(base.scale()),
            mean.orElse(base.mean()),
            std.orElse(base.std())));
  }
}
