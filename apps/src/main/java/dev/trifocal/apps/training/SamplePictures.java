package dev.trifocal.apps.training;

import dev.trifocal.apps.report.training.Shown;
import dev.trifocal.data.Dataset;
import dev.trifocal.datasets.folder.ImageDataset;
import dev.trifocal.picture.Picture;
import dev.trifocal.shape.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;

/** The first samples of a data set as the first epoch of training sees them. */
final class SamplePictures {
  static final int MOST = 8;
  static final int FIRST_EPOCH = 1;

  private SamplePictures() {}

  /** By name; none if the samples are no pictures. */
  static Map<String, Picture> of(Dataset data, long seed) {
    Shape sample = data.sampleShape();
    boolean pictures = sample.rank() == 3 && (sample.size(0) == 1 || sample.size(0) == 3);
    Map<String, Picture> result = new LinkedHashMap<>();
    IntFunction<Picture> source =
        data instanceof ImageDataset images
            ? index -> images.picture(index, seed, FIRST_EPOCH)
            : Shown.of(data)::picture;
    for (int i = 0; pictures && i < Math.min(MOST, data.size()); i++) {
      result.put("samples/%d %s".formatted(i + 1, Shown.of(data).name(i)), source.apply(i));
    }
    return result;
  }
}
