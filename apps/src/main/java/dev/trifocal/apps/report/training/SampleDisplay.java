package dev.trifocal.apps.report.training;

import dev.trifocal.data.ClassMappedDataset;
import dev.trifocal.data.ConcatDataset;
import dev.trifocal.data.Dataset;
import dev.trifocal.datasets.folder.ImageDataset;
import dev.trifocal.datasets.segmentation.SegmentationDataset;
import dev.trifocal.image.Image;

/** Displays the samples of a data set; called only for the samples that are shown. */
public interface SampleDisplay {
  /** Returns a name to find a sample by, such as the path of its file. */
  String name(int index);

  Image image(int index);

  /**
   * Returns the display for a data set: images of a folder by file name, other samples by number.
   */
  static SampleDisplay of(Dataset data) {
    if (data instanceof ClassMappedDataset mapped) {
      return of(mapped.source());
    }
    if (data instanceof ConcatDataset several) {
      return new ConcatSampleDisplay(several);
    }
    if (data instanceof SegmentationDataset images) {
      return new FileSampleDisplay(index -> images.file(index).image(), images::image);
    }
    return data instanceof ImageDataset images
        ? new FileSampleDisplay(images::file, images::image)
        : tensors(data);
  }

  /** Returns a display of samples by number, rendered from their values. */
  static SampleDisplay tensors(Dataset data) {
    return new TensorSampleDisplay(data);
  }
}
