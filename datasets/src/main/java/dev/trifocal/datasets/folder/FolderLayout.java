package dev.trifocal.datasets.folder;

import dev.trifocal.error.DataException;
import dev.trifocal.file.FileFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The folders of the splits of an image folder.
 *
 * @param train the training folder, with one subfolder per class; empty if the folder has held-out
 *     splits only
 * @param validation the validation folder; if empty, validation images are drawn from the training
 *     images
 * @param test the test folder; if empty, test images are drawn from the training images
 * @param notes notes for the user on folders that are not used
 */
record FolderLayout(
    Optional<Path> train, Optional<Path> validation, Optional<Path> test, List<String> notes) {
  FolderLayout {
    notes = List.copyOf(notes);
  }

  /**
   * Finds the splits of a folder.
   *
   * @throws DataException if the folder does not exist or has no class folders
   */
  static FolderLayout of(Path folder) {
    requireFolder(folder);
    // A class may also be named train or test; its folder then has no subfolders.
    FolderLayout found = parts(folder, child -> !folders(child).isEmpty());
    List<Path> children = folders(folder);
    if (found.hasTrainOrOnly(children)) {
      return found;
    }
    requireClasses(folder);
    requireNoSplits(folder, children);
    found.parts().forEach(part -> requireNoSiblings(folder, part, children));
    return whole(folder);
  }

  /** Finds the splits of a folder whose images have any number of labels. */
  static FolderLayout multiLabel(Path folder) {
    FolderLayout found =
        parts(
            folder,
            child ->
                !folders(child).isEmpty() || Files.exists(child.resolve(MultiLabelFolder.TABLE)));
    return found.hasTrainOrOnly(folders(folder)) ? found : whole(folder);
  }

  private static FolderLayout whole(Path folder) {
    return new FolderLayout(Optional.of(folder), Optional.empty(), Optional.empty(), List.of());
  }

  /** Returns the subfolders with the names of splits for which {@code isPart} holds. */
  private static FolderLayout parts(Path folder, Predicate<Path> isPart) {
    List<Path> children = folders(folder);
    Optional<Path> train = part(folder, children, SplitName.TRAIN, isPart);
    Optional<Path> validation = part(folder, children, SplitName.VALIDATION, isPart);
    Optional<Path> test = part(folder, children, SplitName.TEST, isPart);
    List<Path> parts = Stream.of(train, validation, test).flatMap(Optional::stream).toList();
    List<String> notes = parts.isEmpty() ? List.of() : passedOver(children, parts);
    return new FolderLayout(train, validation, test, notes);
  }

  private List<Path> parts() {
    return Stream.of(train, validation, test).flatMap(Optional::stream).toList();
  }

  /** Returns whether there is a training folder, or all subfolders are held-out splits. */
  private boolean hasTrainOrOnly(List<Path> children) {
    return train.isPresent() || !parts().isEmpty() && parts().size() == children.size();
  }

  /** Returns the subfolders of a folder, except hidden ones, sorted by name. */
  static List<Path> folders(Path folder) {
    try (Stream<Path> children = Files.list(folder)) {
      return children
          .filter(Files::isDirectory)
          .filter(child -> !ImageFiles.isHidden(child))
          .sorted(ImageFiles.ORDER)
          .toList();
    } catch (IOException e) {
      throw FileFailure.reading(folder, e);
    }
  }

  /** Returns the child with such a name, in any case. */
  private static Optional<Path> part(
      Path folder, List<Path> children, SplitName split, Predicate<Path> isPart) {
    List<Path> found =
        children.stream()
            .filter(child -> SplitName.named(lowerCase(child)).equals(Optional.of(split)))
            .filter(isPart)
            .toList();
    if (found.size() > 1) {
      throw new DataException(
          "%s has both %s and %s; keep only one of them"
              .formatted(folder, found.get(0).getFileName(), found.get(1).getFileName()));
    }
    return found.stream().findFirst();
  }

  /** Returns notes on the folders beside the splits, whose images are not used. */
  private static List<String> passedOver(List<Path> children, List<Path> parts) {
    List<String> notes = new ArrayList<>();
    for (Path child : children) {
      if (!parts.contains(child)) {
        int images = ImageFiles.below(child).images().size();
        notes.add(
            "note: ignoring %s, which is not a train, val or test folder with one subfolder per class (%d images)"
                .formatted(child, images));
      }
    }
    return notes;
  }

  /** Rejects a test folder with class folders beside class folders, which is ambiguous. */
  private static void requireNoSiblings(Path folder, Path part, List<Path> children) {
    List<String> names = children.stream().map(FolderLayout::lowerCase).toList();
    if (folders(part).stream().map(FolderLayout::lowerCase).anyMatch(names::contains)) {
      throw new DataException(
          "%s has class folders and also %s with class folders of the same names; move the training classes into %s"
              .formatted(folder, part.getFileName(), folder.resolve("train")));
    }
  }

  /** Rejects folders such as seg_train and seg_test, which would be taken for classes. */
  private static void requireNoSplits(Path folder, List<Path> children) {
    List<Path> splits =
        children.stream()
            .filter(child -> split(child).isPresent() && !folders(child).isEmpty())
            .toList();
    if (splits.stream().map(FolderLayout::split).distinct().count() > 1) {
      throw new DataException(
          "%s has %s, which look like splits and not like classes; rename them to train, val and test, each with one subfolder per class"
              .formatted(
                  folder,
                  splits.stream()
                      .map(split -> split.getFileName().toString())
                      .collect(Collectors.joining(" and "))));
    }
  }

  /** Returns which split one of the words of a name denotes; empty if none does. */
  private static Optional<SplitName> split(Path folder) {
    return Arrays.stream(lowerCase(folder).split("[^a-z]+"))
        .map(SplitName::named)
        .flatMap(Optional::stream)
        .min(Comparator.naturalOrder());
  }

  private static String lowerCase(Path folder) {
    return folder.getFileName().toString().toLowerCase(Locale.ROOT);
  }

  static void requireFolder(Path folder) {
    if (Files.notExists(folder)) {
      throw FileFailure.reading(folder, new NoSuchFileException(folder.toString()));
    }
    if (!Files.isDirectory(folder)) {
      throw new DataException(
          folder + " is a file; expected a folder with one subfolder of images per class");
    }
  }

  private static void requireClasses(Path folder) {
    if (folders(folder).isEmpty()) {
      boolean images = !ImageFiles.below(folder).images().isEmpty();
      throw new DataException(
          "%s has no classes: %s; create one folder per class and move its images there%s"
              .formatted(
                  folder,
                  images
                      ? "its images are not in subfolders"
                      : "it has neither subfolders nor images",
                  Files.exists(folder.resolve(MultiLabelFolder.TABLE))
                      ? ", or open it as multi-label data to read its " + MultiLabelFolder.TABLE
                      : ""));
    }
  }
}
