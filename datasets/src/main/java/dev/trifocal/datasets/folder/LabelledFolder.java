package dev.trifocal.datasets.folder;

import dev.trifocal.error.DataException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The image files of a folder with their classes, before any is decoded.
 *
 * @param classes the class names in the order of the class ids
 * @param files the files of the splits that the folder has
 * @param missing the files that are named in the folder, but do not exist
 * @param ignored the files in unsupported formats
 */
record LabelledFolder(
    FolderLayout layout,
    List<String> classes,
    LabelledFileSplits files,
    List<UnreadableFile> missing,
    List<Path> ignored) {
  LabelledFolder {
    classes = List.copyOf(classes);
    missing = List.copyOf(missing);
    ignored = List.copyOf(ignored);
  }

  /**
   * Lists a folder.
   *
   * @throws DataException if it does not exist or is not labelled in this way
   */
  static LabelledFolder of(Path folder, Labelling labelling) {
    return switch (labelling) {
      case ONE_CLASS -> byClass(folder);
      case MULTI_LABEL -> MultiLabelFolder.list(folder);
    };
  }

  private static LabelledFolder byClass(Path folder) {
    FolderLayout layout = FolderLayout.of(folder);
    Optional<ClassFolders> train = layout.train().map(ClassFolders::below);
    Optional<ClassFolders> validation = layout.validation().map(ClassFolders::below);
    Optional<ClassFolders> test = layout.test().map(ClassFolders::below);
    List<String> classes =
        train.map(ClassFolders::requireClasses).orElseGet(() -> heldOutClasses(validation, test));
    Path home = layout.train().orElse(folder);
    return new LabelledFolder(
        layout,
        classes,
        new LabelledFileSplits(
            train.map(found -> found.files(classes, home)).orElseGet(List::of),
            validation.map(found -> found.files(classes, home)),
            test.map(found -> found.files(classes, home))),
        List.of(),
        Stream.of(train, validation, test)
            .flatMap(Optional::stream)
            .flatMap(found -> found.ignored().stream())
            .toList());
  }

  /** Returns the classes of a folder without training images. */
  private static List<String> heldOutClasses(
      Optional<ClassFolders> validation, Optional<ClassFolders> test) {
    return Stream.of(validation, test)
        .flatMap(Optional::stream)
        .flatMap(found -> found.classesWithImages().stream())
        .distinct()
        .sorted()
        .toList();
  }
}
