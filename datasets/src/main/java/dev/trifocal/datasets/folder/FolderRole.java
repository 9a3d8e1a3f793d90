package dev.trifocal.datasets.folder;

import dev.trifocal.error.DataException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a folder contains in data sets for object detection or segmentation, such as those of YOLO,
 * COCO and PASCAL VOC.
 */
enum FolderRole {
  IMAGES("images", "image", "imgs", "img", "jpegimages"),
  ANNOTATIONS(
      "labels",
      "label",
      "annotations",
      "annotation",
      "annots",
      "annot",
      "masks",
      "mask",
      "imagesets",
      "segmentationclass",
      "segmentationobject");

  private final Set<String> names;

  FolderRole(String... names) {
    this.names = Set.of(names);
  }

  /**
   * Checks that the subfolders of a folder can be classes.
   *
   * @throws DataException if each of them is for a role or a split, and not all for the same one
   */
  static void requireClasses(Path folder, Collection<String> names) {
    List<Optional<Enum<?>>> purposes = names.stream().map(FolderRole::purpose).distinct().toList();
    if (purposes.size() > 1 && purposes.stream().allMatch(Optional::isPresent)) {
      throw new DataException(
          "%s has the subfolders %s, which are not classes; move the images into one folder per class (labels of object detection and masks are not read)"
              .formatted(folder, names.stream().sorted().collect(Collectors.joining(", "))));
    }
  }

  /** Returns the role or the split that a name such as {@code train2017} denotes. */
  private static Optional<Enum<?>> purpose(String folder) {
    String word = folder.toLowerCase(Locale.ROOT).replaceAll("^[\\d_-]+|[\\d_-]+$", "");
    return Stream.<Enum<?>>concat(
            Arrays.stream(values()).filter(role -> role.names.contains(word)),
            SplitName.named(word).stream())
        .findFirst();
  }
}
