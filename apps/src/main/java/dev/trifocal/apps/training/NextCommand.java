package dev.trifocal.apps.training;

import dev.trifocal.data.Dataset;
import dev.trifocal.datasets.folder.ImageDataset;
import java.nio.file.Path;

/** What to type after a training. */
final class NextCommand {
  private NextCommand() {}

  /**
   * @param held samples that were not trained on, for an example
   */
  static String of(Path run, Dataset held) {
    if (held.classes().isEmpty()) {
      return "./trifocal evaluate " + quoted(run.toString());
    }
    String image =
        held instanceof ImageDataset images && images.size() > 0
            ? quoted(images.file(0).toString())
            : "IMAGE";
    return "./trifocal predict %s %s".formatted(quoted(run.toString()), image);
  }

  /** As a shell reads it. */
  private static String quoted(String word) {
    boolean plain = word.matches("[A-Za-z0-9_./:@%+,=-]+");
    return plain ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
