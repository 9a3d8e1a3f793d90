package dev.trifocal.apps.training;

import dev.trifocal.data.ClassMapping;
import dev.trifocal.data.Dataset;
import dev.trifocal.datasets.folder.ImageDataset;
import dev.trifocal.datasets.segmentation.SegmentationDataset;
import java.nio.file.Path;

/** Suggests a command to run after training. */
final class NextCommand {
  private NextCommand() {}

  /**
   * Returns the command that predicts an image, or evaluates the run if images have no class.
   *
   * @param held held-out samples, the first of which is the example
   */
  static String of(Path run, Dataset held) {
    Dataset data = ClassMapping.unmapped(held);
    if (data instanceof SegmentationDataset images && images.size() > 0) {
      return "./trifocal predict %s %s --masks masks"
          .formatted(quoted(run.toString()), quoted(images.file(0).image().toString()));
    }
    if (held.classes().isEmpty() || held.isSegmentation()) {
      return "./trifocal evaluate " + quoted(run.toString());
    }
    String image =
        data instanceof ImageDataset images && images.size() > 0
            ? quoted(images.file(0).toString())
            : "IMAGE";
    return "./trifocal predict %s %s".formatted(quoted(run.toString()), image);
  }

  /** Quotes a word for the shell if necessary. */
  private static String quoted(String word) {
    boolean plain = word.matches("[A-Za-z0-9_./:@%+,=-]+");
    return plain ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
