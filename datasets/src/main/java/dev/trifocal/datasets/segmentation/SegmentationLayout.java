package dev.trifocal.datasets.segmentation;

import dev.trifocal.datasets.folder.SplitName;
import dev.trifocal.error.DataException;
import dev.trifocal.file.TextFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The images of a folder with their masks, by split.
 *
 * @param splits the pairs; those of a folder without splits are for training
 * @param problems what is wrong with other files, with their names
 * @param notes notes for the user on folders that are not used
 * @param isVoc whether the folder is laid out as that of Pascal VOC
 */
record SegmentationLayout(
    Map<SplitName, List<FilePair>> splits,
    List<String> problems,
    List<String> notes,
    boolean isVoc) {
  private static final String VOC_MASKS = "segmentationclass";
  private static final Path VOC_LISTS = Path.of("ImageSets", "Segmentation");

  SegmentationLayout {
    splits = Map.copyOf(splits);
    problems = List.copyOf(problems);
    notes = List.copyOf(notes);
  }

  /** Returns whether a folder has images and masks. */
  static boolean isIn(Path folder) {
    return PairedFolders.in(folder).isPresent() || !parts(folder).isEmpty();
  }

  /**
   * Finds the images and masks of a folder.
   *
   * @throws DataException if it has none
   * @throws dev.trifocal.error.FileException if a folder cannot be read
   */
  static SegmentationLayout of(Path folder) {
    Map<SplitName, PairedFolders> parts = parts(folder);
    if (!parts.isEmpty()) {
      return split(parts).notes(unused(folder));
    }
    PairedFolders whole =
        PairedFolders.in(folder)
            .orElseThrow(
                () ->
                    new DataException(
                        "%s has no images with masks; expected the folders images and masks, or both in train, val and test"
                            .formatted(folder)));
    boolean isVoc = PairedFolders.lowerCase(whole.masks()).equals(VOC_MASKS);
    if (Files.isDirectory(folder.resolve(VOC_LISTS))) {
      return listed(whole, folder.resolve(VOC_LISTS), isVoc);
    }
    Map<SplitName, PairedFolders> nested = new EnumMap<>(SplitName.class);
    for (PairedFolders child : whole.children()) {
      SplitName.named(PairedFolders.lowerCase(child.images()))
          .ifPresent(split -> nested.put(split, child));
    }
    return nested.isEmpty() ? split(Map.of(SplitName.TRAIN, whole)).voc(isVoc) : split(nested);
  }

  private SegmentationLayout notes(List<String> others) {
    return new SegmentationLayout(splits, problems, others, isVoc);
  }

  /** Returns a note if there are images and masks beside the folders of the splits. */
  private static List<String> unused(Path folder) {
    return PairedFolders.in(folder).stream()
        .map(
            pair ->
                "note: ignoring %s and %s, which are beside the folders of the splits"
                    .formatted(pair.images(), pair.masks()))
        .toList();
  }

  private SegmentationLayout voc(boolean voc) {
    return new SegmentationLayout(splits, problems, notes, voc);
  }

  private static Map<SplitName, PairedFolders> parts(Path folder) {
    Map<SplitName, PairedFolders> result = new EnumMap<>(SplitName.class);
    for (Path child : PairedFolders.folders(folder)) {
      Optional<SplitName> split = SplitName.named(PairedFolders.lowerCase(child));
      if (split.isPresent()) {
        PairedFolders.in(child).ifPresent(pair -> result.put(split.get(), pair));
      }
    }
    return result;
  }

  private static SegmentationLayout split(Map<SplitName, PairedFolders> parts) {
    Map<SplitName, List<FilePair>> splits = new EnumMap<>(SplitName.class);
    List<String> problems = new ArrayList<>();
    parts.forEach(
        (split, folders) -> {
          PairedFolders.Pairs pairs = folders.pairs();
          splits.put(split, List.copyOf(pairs.pairs().values()));
          problems.addAll(pairs.problems());
        });
    return new SegmentationLayout(splits, problems, List.of(), false);
  }

  /** Splits the pairs by lists of names, in which other images of Pascal VOC do not occur. */
  private static SegmentationLayout listed(PairedFolders whole, Path lists, boolean isVoc) {
    PairedFolders.Pairs pairs = whole.pairs();
    Map<SplitName, List<FilePair>> splits = new EnumMap<>(SplitName.class);
    List<String> problems = new ArrayList<>();
    Map<FilePair, Path> listedIn = new HashMap<>();
    for (SplitName split : SplitName.values()) {
      Path list = lists.resolve(split.folder() + ".txt");
      if (Files.exists(list)) {
        List<FilePair> found = new ArrayList<>();
        TextFile.read(list, "one image name per line")
            .lines()
            .map(String::strip)
            .filter(name -> !name.isEmpty())
            .forEach(
                name -> {
                  FilePair pair = pairs.pairs().get(name);
                  if (pair == null) {
                    problems.add(
                        "%s, named in %s, has no image in %s or no mask in %s"
                            .formatted(name, list, whole.images(), whole.masks()));
                  } else if (listedIn.putIfAbsent(pair, list) != null) {
                    problems.add(
                        "%s is named in %s and in %s; keep it in one of them"
                            .formatted(name, listedIn.get(pair), list));
                  } else {
                    found.add(pair);
                  }
                });
        splits.put(split, found);
      }
    }
    if (splits.isEmpty()) {
      throw new DataException(lists + " has no lists; expected train.txt, val.txt or test.txt");
    }
    return new SegmentationLayout(splits, problems, List.of(), isVoc);
  }
}
