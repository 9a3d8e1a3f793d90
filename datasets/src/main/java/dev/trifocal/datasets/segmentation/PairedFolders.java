package dev.trifocal.datasets.segmentation;

import dev.trifocal.datasets.folder.ImageFiles;
import dev.trifocal.file.FileFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder of images and a folder with their masks. A mask has the name of its image, whatever the
 * extension, and may end in {@code _mask}, {@code _label}, {@code _seg}, {@code _gt} or {@code _L}.
 */
record PairedFolders(Path images, Path masks) {
  private static final List<String> IMAGES =
      List.of("images", "image", "imgs", "img", "jpegimages", "pictures");
  private static final List<String> MASKS =
      List.of("masks", "mask", "segmentationclass", "labels", "annotations", "segmentations");
  private static final Pattern SUFFIX = Pattern.compile("[_-](masks?|labels?|seg|gt|L)$");

  /**
   * Pairs by their names below the folders, and what is wrong with the others.
   *
   * @param pairs the pairs by name, sorted
   */
  record Pairs(Map<String, FilePair> pairs, List<String> problems) {}

  /** Returns the two folders in a folder, if it has them. */
  static Optional<PairedFolders> in(Path folder) {
    List<Path> children = folders(folder);
    return child(children, IMAGES)
        .flatMap(images -> child(children, MASKS).map(masks -> new PairedFolders(images, masks)));
  }

  /** Returns the folders of the same name in both, such as {@code train}. */
  List<PairedFolders> children() {
    return folders(images).stream()
        .map(child -> new PairedFolders(child, masks.resolve(child.getFileName())))
        .filter(child -> Files.isDirectory(child.masks()))
        .toList();
  }

  /** Returns the name of the folder, lower case. */
  static String lowerCase(Path folder) {
    return folder.getFileName().toString().toLowerCase(Locale.ROOT);
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

  /**
   * Pairs all files.
   *
   * @throws dev.trifocal.error.FileException if a folder cannot be read
   */
  Pairs pairs() {
    List<String> problems = new ArrayList<>();
    Map<String, Path> byName = named(images, problems);
    Map<String, Path> maskByName = named(masks, problems);
    Map<String, String> maskNames = maskNames(byName.keySet(), maskByName.keySet(), problems);
    Map<String, FilePair> pairs = new LinkedHashMap<>();
    byName.forEach(
        (name, image) -> {
          String mask = maskNames.get(name);
          if (mask == null) {
            problems.add("%s has no mask in %s".formatted(image, masks));
          } else {
            pairs.put(name, new FilePair(image, maskByName.remove(mask)));
          }
        });
    maskByName
        .values()
        .forEach(mask -> problems.add("%s is the mask of no image in %s".formatted(mask, images)));
    return new Pairs(pairs, problems);
  }

  /** Returns the names of masks by those of their images: the same, or without suffix the same. */
  private Map<String, String> maskNames(
      Set<String> images, Set<String> masks, List<String> problems) {
    Map<String, String> result = new HashMap<>();
    masks.stream().filter(images::contains).forEach(name -> result.put(name, name));
    for (String mask : masks) {
      String name = SUFFIX.matcher(mask).replaceFirst("");
      if (!result.containsValue(mask) && images.contains(name)) {
        String other = result.putIfAbsent(name, mask);
        if (other != null) {
          problems.add(
              "%s and %s in %s are both masks of %s; keep one of them"
                  .formatted(other, mask, this.masks, name));
        }
      }
    }
    return result;
  }

  /** Returns the images below a folder by their path without extension. */
  private static Map<String, Path> named(Path home, List<String> problems) {
    Map<String, Path> result = new LinkedHashMap<>();
    for (Path file : ImageFiles.below(home).images()) {
      String path = home.relativize(file).toString().replace('\\', '/');
      String name = Normalizer.normalize(path, Normalizer.Form.NFC).replaceFirst("\\.[^.]*$", "");
      Path other = result.putIfAbsent(name, file);
      if (other != null) {
        problems.add("%s and %s have the same name; keep one of them".formatted(other, file));
      }
    }
    return result;
  }

  private static Optional<Path> child(List<Path> children, List<String> names) {
    return names.stream()
        .flatMap(name -> children.stream().filter(child -> lowerCase(child).equals(name)))
        .findFirst();
  }
}
