package dev.trifocal.datasets;

import dev.trifocal.data.Splits;
import dev.trifocal.datasets.digits.DigitsDataset;

/**
 * Generated digits: float32 {@code [1, 28, 28]} in [0, 1], where ink is 1, with ten classes. Each
 * sample is a pure function of (seed, split, index); the splits share no sample.
 */
public record DigitsSource(Sizes sizes) implements DatasetSource {
  /** The number of samples in each split. */
  public record Sizes(int train, int validation, int test) {
    public static final Sizes STANDARD = new Sizes(20_000, 2_000, 5_000);
  }

  @Override
  public String name() {
    return "digits";
  }

  @Override
  public String description() {
    return "28x28 generated handwriting-like digits; needs no files and no network";
  }

  @Override
  public Splits open(DatasetOptions options) {
    return new Splits(
        new DigitsDataset("train", options.seed(), sizes.train()),
        new DigitsDataset("validation", options.seed(), sizes.validation()),
        new DigitsDataset("test", options.seed(), sizes.test()));
  }
}
