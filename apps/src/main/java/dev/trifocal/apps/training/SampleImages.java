package dev.trifocal.apps.training;

import dev.trifocal.apps.report.training.SampleDisplay;
import dev.trifocal.data.Dataset;
import dev.trifocal.datasets.folder.ImageDataset;
import dev.trifocal.image.Image;
import dev.trifocal.shape.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;

/** The first samples of a data set, as used in the first epoch of training. */
final class SampleImages {
  static final int MOST = 8;
  static final int FIRST_EPOCH = 1;

  private SampleImages() {}

  /** Returns the images by name; empty if the samples are not images. */
  static Map<String, Image> of(Dataset data, long seed) {
    Shape sample = data.sampleShape();
    boolean pictures = sample.rank() == 3 && (sample.size(0) == 1 || sample.size(0) == 3);
    Map<String, Image> result = new LinkedHashMap<>();
    IntFunction<Image> source =
        data instanceof ImageDataset images
            ? index -> images.image(index, seed, FIRST_EPOCH)
            : SampleDisplay.of(data)::image;
    for (int i = 0; pictures && i < Math.min(MOST, data.size()); i++) {
      result.put("samples/%d %s".formatted(i + 1, SampleDisplay.of(data).name(i)), source.apply(i));
    }
    return result;
  }
}
