package dev.trifocal.apps.data;

import dev.trifocal.datasets.augment.Augmentation;
import dev.trifocal.datasets.folder.Caching;
import dev.trifocal.datasets.folder.ImageOptions;
import dev.trifocal.datasets.image.ImageFile;
import dev.trifocal.datasets.inspect.ContactSheet;
import dev.trifocal.datasets.segmentation.AugmentedSegmentation;
import dev.trifocal.datasets.segmentation.MaskOverlay;
import dev.trifocal.datasets.segmentation.SegmentationDataset;
import dev.trifocal.datasets.segmentation.SegmentationFolder;
import dev.trifocal.datasets.segmentation.SegmentedImage;
import dev.trifocal.image.Image;
import dev.trifocal.image.ImagePreprocessor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Contact sheets of the images of a folder beside their masks. */
public final class MaskSheets {
  private static final int PAIRS = 4;
  private static final int ROWS = 6;

  private MaskSheets() {}

  /** Shows evenly spaced images of the first split, each beside itself in its classes' colours. */
  public static Image of(SegmentationFolder folder) {
    MaskOverlay overlay = MaskOverlay.of(folder.colours());
    List<SegmentedImage> all = folder.parts().values().iterator().next();
    List<List<Image>> rows = new ArrayList<>();
    List<Image> row = new ArrayList<>();
    for (int index : chosen(all.size(), PAIRS * ROWS).toArray()) {
      Image image = ImageFile.read(all.get(index).image());
      row.add(image);
      row.add(overlay.of(image, all.get(index).mask().read()));
      if (row.size() == 2 * PAIRS) {
        rows.add(row);
        row = new ArrayList<>();
      }
    }
    if (!row.isEmpty()) {
      rows.add(row);
    }
    return new ContactSheet(ContactSheets.CELL).of(rows);
  }

  private static IntStream chosen(int size, int count) {
    return ContactSheets.chosen(size, count);
  }

  /**
   * A preview of augmented training images in the first epochs, in the colours of their classes.
   *
   * @param preprocessor the preprocessor of the network
   * @param rows the number of images, positive
   * @param epochs the number of epochs, positive
   */
  public record Preview(
      Augmentation augmentation, ImagePreprocessor preprocessor, int rows, int epochs) {
    /**
     * Renders the preview.
     *
     * @param seed the seed of the augmentation and of the split
     */
    public Image of(SegmentationFolder folder, long seed) {
      MaskOverlay overlay = MaskOverlay.of(folder.colours());
      ImageOptions options = new ImageOptions(preprocessor, augmentation, new Caching.None());
      SegmentationDataset train = (SegmentationDataset) folder.splits(options, seed).train();
      List<List<Image>> all = new ArrayList<>();
      for (int index : chosen(train.size(), rows).toArray()) {
        List<Image> row = new ArrayList<>();
        row.add(overlay.of(train.image(index), train.mask(index)));
        for (int epoch = 1; epoch <= epochs; epoch++) {
          AugmentedSegmentation augmented = train.augmented(seed, epoch);
          row.add(overlay.of(augmented.image(index), augmented.mask(index)));
        }
        all.add(row);
      }
      return new ContactSheet(ContactSheets.CELL).of(all);
    }
  }
}
