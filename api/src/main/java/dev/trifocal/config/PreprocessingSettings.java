package dev.trifocal.config;

import dev.trifocal.image.Preprocessing;
import dev.trifocal.shape.Shape;
import java.util.List;
import java.util.Optional;

/**
 * The preprocessing given by the user; empty components are left to the model.
 *
 * @param named predefined preprocessing whose values the other components override
 */
public record PreprocessingSettings(
    Optional<Usual> named,
    Optional<Integer> shorterSide,
    Optional<Preprocessing.Order> order,
    Optional<Double> scale,
    Optional<List<Double>> mean,
    Optional<List<Double>> std) {
  /** Leaves everything to the model. */
  public static final PreprocessingSettings NONE =
      new PreprocessingSettings(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  /** Returns settings that specify a preprocessing completely. */
  public static PreprocessingSettings of(Preprocessing preprocessing) {
    return new PreprocessingSettings(
        Optional.empty(),
        Optional.of(preprocessing.shorterSide()),
        Optional.of(preprocessing.order()),
        Optional.of(preprocessing.scale()),
        Optional.of(preprocessing.mean()),
        Optional.of(preprocessing.std()));
  }

  /** The predefined preprocessings. */
  public enum Usual {
    TORCHVISION(Preprocessing.TORCHVISION, 256 / 224.0),
    CAFFE(Preprocessing.CAFFE, 256 / 224.0),
    SYMMETRIC(Preprocessing.SYMMETRIC, 1),
    UNIT(Preprocessing.UNIT, 0);

    private final Preprocessing preprocessing;
    private final double margin;

    /**
     * @param margin ratio of the shorter side, after resizing, to the crop size; 0 to stretch
     */
    Usual(Preprocessing preprocessing, double margin) {
      this.preprocessing = preprocessing;
      this.margin = margin;
    }

    /** Returns this preprocessing for a model with the given input shape. */
    Preprocessing at(Shape sample) {
      int side = Math.max(sample.size(1), sample.size(2));
      return preprocessing.shorterSide((int) Math.round(margin * side));
    }
  }

  /** Returns whether no component is left to the model. */
  public boolean isWhole() {
    return shorterSide.isPresent()
        && order.isPresent()
        && scale.isPresent()
        && mean.isPresent()
        && std.isPresent();
  }

  /**
   * Returns the default for a model that specifies no preprocessing: [-1, 1] for colour, [0, 1] for
   * gray.
   *
   * @param sample the model's input shape
   */
  public static Preprocessing usual(Shape sample) {
    boolean colours = sample.rank() == 3 && sample.size(0) == 3;
    return colours ? Usual.SYMMETRIC.at(sample) : Preprocessing.UNIT;
  }

  /**
   * Applies these settings on top of a model's preprocessing, or of {@code unit} if it has none.
   * The result is empty if neither specifies anything.
   *
   * @param own the model's preprocessing
   * @param sample the model's input shape
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
