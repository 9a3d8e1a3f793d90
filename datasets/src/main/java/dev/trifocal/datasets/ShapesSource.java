package dev.trifocal.datasets;

import dev.trifocal.data.Splits;
import dev.trifocal.datasets.shapes.ShapesDataset;

/**
 * Generated scenes with a class for each pixel, see {@link ShapesDataset}. Each sample is a pure
 * function of (seed, split, index); the splits share no sample.
 */
public record ShapesSource(Sizes sizes) implements DatasetSource {
  /** The number of samples in each split. */
  public record Sizes(int train, int validation, int test) {
    public static final Sizes STANDARD = new Sizes(6_000, 300, 500);
  }

  @Override
  public String name() {
    return "shapes";
  }

  @Override
  public String description() {
    return "64x64 generated scenes with a class per pixel (segmentation); needs no files and no network";
  }

  @Override
  public Splits open(DatasetOptions options) {
    return new Splits(
        new ShapesDataset("train", options.seed(), sizes.train()),
        new ShapesDataset("validation", options.seed(), sizes.validation()),
        new ShapesDataset("test", options.seed(), sizes.test()));
  }
}
