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
 * An image folder, read by {@link ImageFolder}.
 *
 * @param folder the folder; if empty, {@link DatasetOptions#dataDir} names it
 */
record FolderSource(Optional<Path> folder) implements DatasetSource {
  static final String NAME = "pictures";

  /** The largest number of unreadable files to name. */
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
    return "a folder with one subfolder of images per class, optionally below train, val, test";
  }

  @Override
  public Splits open(DatasetOptions options) {
    Path place =
        folder
            .or(options::dataDir)
            .orElseThrow(
                () ->
                    new DataException(
                        NAME + " need a data-dir with one subfolder of images per class"));
    FolderOptions how = options.images();
    ImageFolder scanned = ImageFolder.scan(place);
    if (how.unreadable() == FolderOptions.Unreadable.REFUSE) {
      scanned.requireUnbroken();
    }
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
            "note: %d of the images in %s cannot be read and are skipped; set strict to make this an error: %s%s"
                .formatted(broken.size(), place, reasons, others));
  }
}
