package dev.trifocal.datasets;

import dev.trifocal.data.Splits;
import dev.trifocal.datasets.digits.DigitsDataset;

/**
 * Digits drawn in code: float32 {@code [1, 28, 28]} in [0, 1], ink is 1, ten classes. Any number of
 * them, a pure function of (seed, part, index); the parts share no sample.
 */
public record DigitsSource(Sizes sizes) implements DatasetSource {
  /** Samples in each part. */
  public record Sizes(int train, int validation, int test) {
    public static final Sizes STANDARD = new Sizes(20_000, 2_000, 5_000);
  }

  @Override
  public String name() {
    return "digits";
  }

  @Override
  public String description() {
    return "28x28 handwritten-looking digits drawn in code; needs no file and no network";
  }

  @Override
  public Splits open(DatasetOptions options) {
    return new Splits(
        new DigitsDataset("train", options.seed(), sizes.train()),
        new DigitsDataset("validation", options.seed(), sizes.validation()),
        new DigitsDataset("test", options.seed(), sizes.test()));
  }
}
