package dev.trifocal.apps.report.training;

import dev.trifocal.data.ClassMappedDataset;
import dev.trifocal.data.ConcatDataset;
import dev.trifocal.data.Dataset;
import dev.trifocal.datasets.folder.ImageDataset;
import dev.trifocal.image.Image;

/** How the samples of a data set are shown to people. Asked only for those that are shown. */
public interface SampleDisplay {
  /** A word to find a sample again, such as the path of its file. */
  String name(int index);

  Image image(int index);

  /** Pictures of a folder with their files' names; other samples by number. */
  static SampleDisplay of(Dataset data) {
    if (data instanceof ClassMappedDataset mapped) {
      return of(mapped.source());
    }
    if (data instanceof ConcatDataset several) {
      return new ConcatSampleDisplay(several);
    }
    return data instanceof ImageDataset images ? new FileSampleDisplay(images) : tensors(data);
  }

  /** Samples that are known by their number and their values alone. */
  static SampleDisplay tensors(Dataset data) {
    return new TensorSampleDisplay(data);
  }
}
