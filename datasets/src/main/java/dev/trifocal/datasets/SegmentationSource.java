package dev.trifocal.datasets;

import dev.trifocal.data.Splits;
import dev.trifocal.datasets.folder.AbbreviatedList;
import dev.trifocal.datasets.folder.FolderOptions;
import dev.trifocal.datasets.folder.Labelling;
import dev.trifocal.datasets.folder.UnreadableFile;
import dev.trifocal.datasets.segmentation.SegmentationFolder;
import dev.trifocal.error.ConfigurationException;
import java.nio.file.Path;
import java.util.List;

/** A folder of images with masks, read by {@link SegmentationFolder}. */
record SegmentationSource(Path folder) implements DatasetSource {
  @Override
  public String name() {
    return new FolderName(folder).toString();
  }

  @Override
  public String description() {
    return "a folder with images and masks, optionally below train, val, test";
  }

  @Override
  public Splits open(DatasetOptions options) {
    FolderOptions how = options.images();
    if (how.labelling() == Labelling.MULTI_LABEL) {
      throw new ConfigurationException(
          "%s has a mask for each image, which gives each pixel one class; omit --multi-label"
              .formatted(folder));
    }
    SegmentationFolder scanned = SegmentationFolder.scan(folder, how.maskClasses());
    if (how.unreadable() == FolderOptions.Unreadable.REFUSE) {
      scanned.requireUnbroken();
    }
    scanned.notes().forEach(how.remarks());
    if (!scanned.broken().isEmpty()) {
      List<String> reasons = scanned.broken().stream().map(UnreadableFile::reason).toList();
      how.remarks()
          .accept(
              "note: %d of the images and masks in %s cannot be read and are skipped; set strict to make this an error: %s"
                  .formatted(reasons.size(), folder, AbbreviatedList.of(reasons, "; ")));
    }
    return scanned.splits(how.images(), options.seed());
  }
}
