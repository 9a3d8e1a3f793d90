package dev.trifocal.datasets.segmentation;

import dev.trifocal.data.Splits;
import dev.trifocal.datasets.folder.AbbreviatedList;
import dev.trifocal.datasets.folder.CheckedImages;
import dev.trifocal.datasets.folder.ImageOptions;
import dev.trifocal.datasets.folder.LabelledFile;
import dev.trifocal.datasets.folder.LabelledFileSplits;
import dev.trifocal.datasets.folder.SplitName;
import dev.trifocal.datasets.folder.UnreadableFile;
import dev.trifocal.error.DataException;
import dev.trifocal.error.FileException;
import dev.trifocal.file.FileFailure;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A validated folder of images with masks: {@code images} and {@code masks} with files of the same
 * names, alone, in {@code train}, {@code val} and {@code test}, or with these below both; or the
 * folders of Pascal VOC, {@code JPEGImages}, {@code SegmentationClass} and {@code
 * ImageSets/Segmentation}.
 *
 * <p>Masks are PNG, GIF, BMP or TIFF files with a class number for each pixel, as gray levels or
 * palette indices, 255 for void; or with a colour for each class. {@code classes.csv} in the folder
 * names the classes ({@code name,value}, {@code name,r,g,b} or {@code name,color}), of which {@code
 * void} and {@code ignore} belong to no class; {@code classes.txt} names those of the numbers 0, 1,
 * 2, and so on. Without such a file, the numbers are the names.
 */
public final class SegmentationFolder {
  private final Path folder;
  private final MaskClasses classes;
  private final Map<SplitName, List<PairFacts>> parts;
  private final List<String> problems;
  private final List<String> notes;
  private final List<UnreadableFile> broken;
  private final CheckedImages look;

  private SegmentationFolder(
      Path folder,
      MaskClasses classes,
      Map<SplitName, List<PairFacts>> parts,
      List<String> problems,
      List<String> notes,
      List<UnreadableFile> broken,
      CheckedImages look) {
    this.folder = folder;
    this.classes = classes;
    this.parts = parts;
    this.problems = List.copyOf(problems);
    this.notes = List.copyOf(notes);
    this.broken = List.copyOf(broken);
    this.look = look;
  }

  /** Returns whether a folder has images and masks. */
  public static boolean isIn(Path folder) {
    return SegmentationLayout.isIn(folder);
  }

  /**
   * Finds all pairs and decodes each once.
   *
   * @param classes the file that lists the classes; if empty, {@code classes.csv}, {@code
   *     class_dict.csv} or {@code classes.txt} in the folder, if there is one
   * @throws DataException if the folder has no images with masks, or its classes cannot be told
   * @throws FileException if a folder or the file with the classes cannot be read
   */
  public static SegmentationFolder scan(Path folder, Optional<Path> classes) {
    if (Files.notExists(folder)) {
      throw FileFailure.reading(folder, new NoSuchFileException(folder.toString()));
    }
    SegmentationLayout layout = SegmentationLayout.of(folder);
    CheckedImages look = new CheckedImages();
    List<UnreadableFile> broken = new ArrayList<>();
    Map<SplitName, List<PairFacts>> parts = new EnumMap<>(SplitName.class);
    layout.splits().forEach((split, pairs) -> parts.put(split, facts(pairs, broken, look)));
    List<PairFacts> all = parts.values().stream().flatMap(List::stream).toList();
    if (all.isEmpty()) {
      throw new DataException(
          broken.isEmpty()
              ? "%s has no image with a mask%s"
                  .formatted(folder, layout.problems().isEmpty() ? "" : ": " + first(layout))
              : "%s: no image and mask can be read; %s".formatted(folder, broken.get(0).reason()));
    }
    MaskClasses known =
        classes
            .or(() -> MaskClassTable.in(folder))
            .map(MaskClassTable::read)
            .orElseGet(() -> new MaskNumbering(folder, layout.isVoc()).of(all));
    List<String> problems = new ArrayList<>(layout.problems());
    all.forEach(
        facts -> {
          facts.sizeProblem().ifPresent(problems::add);
          known
              .problem(facts.files().mask(), facts.kinds(), facts.counts())
              .ifPresent(problems::add);
        });
    return new SegmentationFolder(folder, known, parts, problems, layout.notes(), broken, look);
  }

  private static String first(SegmentationLayout layout) {
    return AbbreviatedList.of(layout.problems(), "; ");
  }

  private static List<PairFacts> facts(
      List<FilePair> pairs, List<UnreadableFile> broken, CheckedImages look) {
    record Finding(Optional<PairFacts> facts, Optional<UnreadableFile> broken) {}
    List<Finding> findings =
        pairs.parallelStream()
            .map(
                pair -> {
                  try {
                    return new Finding(Optional.of(PairFacts.of(pair, look)), Optional.empty());
                  } catch (FileException e) {
                    return new Finding(
                        Optional.empty(),
                        Optional.of(new UnreadableFile(pair.image(), e.getMessage())));
                  }
                })
            .toList();
    findings.forEach(finding -> finding.broken().ifPresent(broken::add));
    return findings.stream().flatMap(finding -> finding.facts().stream()).toList();
  }

  /** Returns the name of the folder. */
  public String name() {
    Path whole = folder.toAbsolutePath().normalize();
    return whole.getNameCount() == 0 ? whole.toString() : whole.getFileName().toString();
  }

  /** Returns the class names in the order of the class ids. */
  public List<String> classes() {
    return classes.names();
  }

  /** Returns the colours of the classes, 0xRRGGBB: those of the masks, or VOC's. */
  public List<Integer> colours() {
    return classes.shown().orElseGet(() -> ClassColours.of(classes.names().size()));
  }

  /** Returns the images of the splits that the folder has, as in {@link Splits#parts}. */
  public Map<String, List<SegmentedImage>> parts() {
    Map<String, List<SegmentedImage>> result = new LinkedHashMap<>();
    parts.forEach((split, facts) -> result.put(split.split(), images(facts)));
    return result;
  }

  /** Returns the statistics of a split. */
  public MaskStatistics statistics(String part) {
    return MaskStatistics.of(
        classes,
        parts.entrySet().stream()
            .filter(entry -> entry.getKey().split().equals(part))
            .flatMap(entry -> entry.getValue().stream())
            .toList());
  }

  /**
   * Returns what keeps the folder from being used: images without masks, masks of other sizes, and
   * values without a class, each with its file.
   */
  public List<String> problems() {
    return problems;
  }

  /** Returns notes for the user on folders of images and masks that are not used. */
  public List<String> notes() {
    return notes;
  }

  /** Returns the pairs of which a file cannot be read; they are skipped. */
  public List<UnreadableFile> broken() {
    return broken;
  }

  /**
   * Checks that all files can be read.
   *
   * @throws FileException if some cannot be read; the message names all of them
   */
  public void requireUnbroken() {
    if (!broken.isEmpty()) {
      throw new FileException(
          "%s: %d of the images and masks cannot be read; repair or remove them: %s"
              .formatted(
                  folder,
                  broken.size(),
                  broken.stream().map(UnreadableFile::reason).collect(Collectors.joining("; "))));
    }
  }

  /**
   * Returns the images as data sets. For a missing validation or test split, about a tenth of the
   * training images is drawn by each image's name and the seed.
   *
   * @param options the options for reading images
   * @param seed the seed of the split
   * @throws DataException if the folder has {@linkplain #problems problems}, no training image has
   *     two classes, or there are too few images to draw from
   */
  public Splits splits(ImageOptions options, long seed) {
    requireUsable();
    Map<Path, SegmentedImage> byFile =
        parts.values().stream()
            .flatMap(facts -> images(facts).stream())
            .collect(Collectors.toMap(SegmentedImage::image, Function.identity()));
    LabelledFileSplits whole =
        new LabelledFileSplits(
            files(SplitName.TRAIN).orElse(List.of()),
            files(SplitName.VALIDATION),
            files(SplitName.TEST));
    if (parts.containsKey(SplitName.TRAIN)) {
      whole = whole.complete(folder, folder.toString(), List.of(whole.train()), seed);
    }
    SegmentationDatasets samples =
        new SegmentationDatasets(name(), classes.names(), options, look, byFile);
    Splits splits =
        new Splits(
            samples.training(whole.train()),
            whole.validation().map(files -> samples.part("validation", files)),
            whole.test().map(files -> samples.part("test", files)),
            drawn());
    samples.release();
    return splits;
  }

  private Set<String> drawn() {
    Set<String> drawn = new HashSet<>();
    for (SplitName split : List.of(SplitName.VALIDATION, SplitName.TEST)) {
      if (parts.containsKey(SplitName.TRAIN) && !parts.containsKey(split)) {
        drawn.add(split.split());
      }
    }
    return drawn;
  }

  private Optional<List<LabelledFile>> files(SplitName split) {
    return Optional.ofNullable(parts.get(split))
        .map(
            all ->
                all.stream()
                    .map(facts -> new LabelledFile(facts.files().image(), List.of()))
                    .toList());
  }

  private List<SegmentedImage> images(List<PairFacts> facts) {
    return facts.stream()
        .map(
            one ->
                new SegmentedImage(one.files().image(), new MaskFile(one.files().mask(), classes)))
        .toList();
  }

  /**
   * Checks that the images can be trained on.
   *
   * @throws DataException if the folder has {@linkplain #problems problems}, or its masks have
   *     pixels of fewer than two classes
   */
  public void requireUsable() {
    if (!problems.isEmpty()) {
      throw new DataException(AbbreviatedList.of(problems, "; "));
    }
    String trained =
        parts.containsKey(SplitName.TRAIN)
            ? SplitName.TRAIN.split()
            : parts.keySet().iterator().next().split();
    MaskStatistics statistics = statistics(trained);
    List<String> present =
        classes.names().stream().filter(name -> statistics.pixels(name) > 0).toList();
    if (present.size() < 2) {
      throw new DataException(
          present.isEmpty()
              ? "%s: all pixels of the masks are void; training needs at least two classes"
                  .formatted(folder)
              : "%s: all pixels of the masks that are not void are of the class %s; training needs at least two classes"
                  .formatted(folder, present.get(0)));
    }
  }
}
