package dev.trifocal.datasets.inspect;

import dev.trifocal.datasets.folder.ImageFolder;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The inspection of an image folder.
 *
 * @param folder the folder
 * @param images all readable images, by split and class
 * @param twins the duplicates and near-duplicates among them
 */
public record FolderInspection(
    ImageFolder folder, List<ImageFacts> images, List<DuplicateImages> twins) {
  /** Inspects a folder, decoding all images on all processors. */
  public static FolderInspection of(ImageFolder folder) {
    List<ImageFacts> images =
        folder.parts().entrySet().stream()
            .flatMap(
                part ->
                    part.getValue().parallelStream()
                        .map(file -> ImageFacts.of(part.getKey(), file, folder.image(file)))
                        .toList()
                        .stream())
            .toList();
    return new FolderInspection(folder, images, DuplicateImages.among(images));
  }

  /** Returns the number of images in a split, by class name. */
  public Map<String, Long> counts(String part) {
    Map<Integer, Long> byLabel =
        images.stream()
            .filter(p -> p.part().equals(part))
            .flatMap(p -> p.labels().stream())
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    Map<String, Long> result = new LinkedHashMap<>();
    List<String> classes = folder.classes();
    for (int label = 0; label < classes.size(); label++) {
      result.put(classes.get(label), byLabel.getOrDefault(label, 0L));
    }
    return result;
  }

  /** Returns the smallest image, the median and the largest, by area. */
  public List<ImageFacts> sizes() {
    List<ImageFacts> sorted =
        images.stream().sorted(Comparator.comparingLong(ImageFacts::area)).toList();
    return List.of(sorted.get(0), sorted.get(sorted.size() / 2), sorted.get(sorted.size() - 1));
  }

  /** Returns the number of files by format. */
  public Map<String, Long> formats() {
    return images.stream()
        .collect(Collectors.groupingBy(ImageFacts::format, TreeMap::new, Collectors.counting()));
  }
}
