package dev.trifocal.datasets.inspect;

import dev.trifocal.datasets.folder.ImageFolder;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A folder of pictures, looked at.
 *
 * @param images all that can be read, part by part and class by class
 * @param twins among them
 */
public record FolderInspection(
    ImageFolder folder, List<ImageFacts> images, List<DuplicateImages> twins) {
  /** Decodes all pictures, on all processors. */
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

  /** Name of a class to the number of its pictures in a part. */
  public Map<String, Long> counts(String part) {
    Map<Integer, Long> byLabel =
        images.stream()
            .filter(p -> p.part().equals(part))
            .collect(Collectors.groupingBy(ImageFacts::label, Collectors.counting()));
    Map<String, Long> result = new LinkedHashMap<>();
    List<String> classes = folder.classes();
    for (int label = 0; label < classes.size(); label++) {
      result.put(classes.get(label), byLabel.getOrDefault(label, 0L));
    }
    return result;
  }

  /** Pictures by area: the smallest, the one in the middle, and the largest. */
  public List<ImageFacts> sizes() {
    List<ImageFacts> sorted =
        images.stream().sorted(Comparator.comparingLong(ImageFacts::area)).toList();
    return List.of(sorted.get(0), sorted.get(sorted.size() / 2), sorted.get(sorted.size() - 1));
  }

  /** Format to the number of its files. */
  public Map<String, Long> formats() {
    return images.stream()
        .collect(Collectors.groupingBy(ImageFacts::format, TreeMap::new, Collectors.counting()));
  }
}
