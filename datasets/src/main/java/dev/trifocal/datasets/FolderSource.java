package dev.trifocal.datasets;

import dev.trifocal.data.Splits;
import dev.trifocal.datasets.folder.FolderOptions;
import dev.trifocal.datasets.folder.ImageFolder;
import dev.trifocal.datasets.folder.UnreadableFile;
import dev.trifocal.error.DataException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * An image folder, read by {@link ImageFolder}.
 *
 * @param folder the folder; if empty, {@link DatasetOptions#dataDir} names it
 */
record FolderSource(Optional<Path> folder) implements DatasetSource {
  static final String NAME = "pictures";

  /** The largest number of unreadable or ignored files to name. */
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
                        "%s need a data-dir with one subfolder of images per class; for a folder of this name, write ./%<s"
                            .formatted(NAME)));
    FolderOptions how = options.images();
    ImageFolder scanned = ImageFolder.scan(place, how.labelling());
    if (how.unreadable() == FolderOptions.Unreadable.REFUSE) {
      scanned.requireUnbroken();
    }
    scanned.notes().forEach(how.remarks());
    remark(place, scanned.broken(), how);
    remarkOnIgnored(place, scanned.ignored(), how);
    return scanned.splits(how.images(), options.seed());
  }

  private static void remark(Path place, List<UnreadableFile> broken, FolderOptions how) {
    if (broken.isEmpty()) {
      return;
    }
    String reasons =
        broken.stream().limit(NAMED).map(UnreadableFile::reason).collect(Collectors.joining("; "));
    how.remarks()
        .accept(
            "note: %d of the images in %s cannot be read and are skipped; set strict to make this an error: %s%s"
                .formatted(broken.size(), place, reasons, others(broken.size())));
  }

  private static void remarkOnIgnored(Path place, List<Path> ignored, FolderOptions how) {
    if (ignored.isEmpty()) {
      return;
    }
    String endings =
        ignored.stream()
            .collect(
                Collectors.groupingBy(FolderSource::ending, TreeMap::new, Collectors.counting()))
            .entrySet()
            .stream()
            .map(entry -> "%,d %s".formatted(entry.getValue(), entry.getKey()))
            .collect(Collectors.joining(", "));
    how.remarks()
        .accept(
            "note: %d of the files in %s are in unsupported formats and are skipped (%s): %s%s"
                .formatted(
                    ignored.size(),
                    place,
                    endings,
                    ignored.stream()
                        .limit(NAMED)
                        .map(Path::toString)
                        .collect(Collectors.joining(", ")),
                    others(ignored.size())));
  }

  private static String ending(Path file) {
    String name = file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return dot < 0 ? "without extension" : name.substring(dot).toLowerCase(Locale.ROOT);
  }

  private static String others(int files) {
    return files > NAMED ? "; and %d more".formatted(files - NAMED) : "";
  }
}
