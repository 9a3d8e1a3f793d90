package dev.trifocal.datasets;

import dev.trifocal.data.Splits;
import dev.trifocal.datasets.folder.AbbreviatedList;
import dev.trifocal.datasets.folder.FolderOptions;
import dev.trifocal.datasets.folder.IgnoredFiles;
import dev.trifocal.datasets.folder.ImageFolder;
import dev.trifocal.datasets.folder.UnreadableFile;
import dev.trifocal.error.DataException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * An image folder, read by {@link ImageFolder}.
 *
 * @param folder the folder; if empty, {@link DatasetOptions#dataDir} names it
 */
record FolderSource(Optional<Path> folder) implements DatasetSource {
  static final String NAME = "pictures";

  @Override
  public String name() {
    return folder.map(path -> new FolderName(path).toString()).orElse(NAME);
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
                        "%s need a data-dir with one subfolder of images per class; for a folder of this name, write ./%<s"
                            .formatted(NAME)));
    FolderOptions how = options.images();
    ImageFolder scanned = ImageFolder.scan(place, how.labelling());
    if (how.unreadable() == FolderOptions.Unreadable.REFUSE) {
      scanned.requireUnbroken();
    }
    scanned.notes().forEach(how.remarks());
    remark(place, scanned.broken(), how);
    new IgnoredFiles(scanned.ignored()).note(place).ifPresent(how.remarks());
    return scanned.splits(how.images(), options.seed());
  }

  private static void remark(Path place, List<UnreadableFile> broken, FolderOptions how) {
    if (broken.isEmpty()) {
      return;
    }
    List<String> reasons = broken.stream().map(UnreadableFile::reason).toList();
    how.remarks()
        .accept(
            "note: %d of the images in %s cannot be read and are skipped; set strict to make this an error: %s"
                .formatted(broken.size(), place, AbbreviatedList.of(reasons, "; ")));
  }
}
