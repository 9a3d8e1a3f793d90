package dev.trifocal.datasets;

import dev.trifocal.data.Splits;
import dev.trifocal.datasets.folder.FolderOptions;
import dev.trifocal.datasets.folder.ImageFolder;
import dev.trifocal.datasets.folder.UnreadableFile;
import dev.trifocal.error.DataException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A folder of pictures as {@link ImageFolder} finds them.
 *
 * @param folder empty: it is named by {@link DatasetOptions#dataDir}
 */
record FolderSource(Optional<Path> folder) implements DatasetSource {
  static final String NAME = "pictures";

  /** So many of the unreadable files are named. */
  private static final int NAMED = 3;

  @Override
  public String name() {
    return folder
        .map(path -> path.toAbsolutePath().normalize())
        .map(path -> path.getNameCount() == 0 ? path : path.getFileName())
        .map(Path::toString)
        .orElse(NAME);
  }

  @Override
  public String description() {
    return "a folder (--data DIR, or --data-dir) with a folder of pictures for each class; train, val, test";
  }

  @Override
  public Splits open(DatasetOptions options) {
    Path place =
        folder
            .or(options::dataDir)
            .orElseThrow(
                () ->
                    new DataException(
                        NAME + " need a folder with a folder for each class (--data-dir)"));
    FolderOptions how = options.images();
    ImageFolder scanned = ImageFolder.scan(place);
    if (how.unreadable() == FolderOptions.Unreadable.REFUSE) {
      scanned.requireUnbroken();
    }
    scanned.notes().forEach(how.remarks());
    remark(place, scanned.broken(), how);
    return scanned.splits(how.images(), options.seed());
  }

  private static void remark(Path place, List<UnreadableFile> broken, FolderOptions how) {
    if (broken.isEmpty()) {
      return;
    }
    String reasons =
        broken.stream().limit(NAMED).map(UnreadableFile::reason).collect(Collectors.joining("; "));
    String others = broken.size() > NAMED ? "; and %d more".formatted(broken.size() - NAMED) : "";
    how.remarks()
        .accept(
            "note: %d of the pictures in %s cannot be read and are left out (--strict refuses them): %s%s"
                .formatted(broken.size(), place, reasons, others));
  }
}
