package dev.trifocal.datasets.folder;

import dev.trifocal.data.Splits;
import dev.trifocal.error.DataException;
import dev.trifocal.error.FileException;
import dev.trifocal.error.TrifocalException;
import dev.trifocal.image.Image;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A validated image folder: {@code train/<class>/*} with optional {@code val}, {@code valid} or
 * {@code validation}, and {@code test}; the held-out splits without {@code train}; or {@code
 * <class>/*} alone. {@code training}, {@code testing} and upper case are accepted. Images are the
 * files with extension jpg, jpeg, jpe, jfif, png, bmp, dib, gif, tif, tiff or webp, at any depth
 * below their class folder; classes are sorted by name, as in torchvision's {@code ImageFolder}.
 *
 * <p>With {@link Labelling#MULTI_LABEL}, an image has the labels that {@code labels.csv} gives it
 * ({@code file,labels} with labels separated by {@code |}, or a column with 0 and 1 for each
 * label), in the folder or in each of its splits. Without such a file, it has the names of all
 * folders that it is in, below its split.
 */
public final class ImageFolder {
  private final Path folder;
  private final Labelling labelling;
  private final FolderLayout layout;
  private final List<String> classes;
  private final LabelledFileSplits parts;
  private final List<UnreadableFile> broken;
  private final List<Path> ignored;
  private final CheckedImages look;

  private ImageFolder(
      Path folder,
      Labelling labelling,
      FolderLayout layout,
      List<String> classes,
      LabelledFileSplits parts,
      List<UnreadableFile> broken,
      List<Path> ignored,
      CheckedImages look) {
    this.folder = folder;
    this.labelling = labelling;
    this.layout = layout;
    this.classes = classes;
    this.parts = parts;
    this.broken = broken;
    this.ignored = ignored;
    this.look = look;
  }

  /**
   * Finds all images and decodes each once.
   *
   * @throws DataException if the folder does not exist, has fewer than two class folders, or a
   *     class has no readable images
   * @throws FileException if a folder cannot be read
   */
  public static ImageFolder scan(Path folder) {
    return scan(folder, Labelling.ONE_CLASS);
  }

  /**
   * Finds all images and decodes each once.
   *
   * @throws DataException if the folder does not exist, is not labelled in this way, or a class has
   *     no readable images
   * @throws FileException if a folder or its {@code labels.csv} cannot be read
   */
  public static ImageFolder scan(Path folder, Labelling labelling) {
    LabelledFolder found = LabelledFolder.of(folder, labelling);
    List<UnreadableFile> broken = new ArrayList<>(found.missing());
    CheckedImages look = new CheckedImages();
    LabelledFileSplits all = found.files();
    LabelledFileSplits parts =
        new LabelledFileSplits(
            sound(all.train(), broken, look),
            all.validation().map(files -> sound(files, broken, look)),
            all.test().map(files -> sound(files, broken, look)));
    ImageFolder result =
        new ImageFolder(
            folder,
            labelling,
            found.layout(),
            found.classes(),
            parts,
            List.copyOf(broken),
            found.ignored(),
            look);
    result.requireSoundClasses();
    return result;
  }

  /** Returns the name of the folder. */
  public String name() {
    Path whole = folder.toAbsolutePath().normalize();
    return whole.getNameCount() == 0 ? whole.toString() : whole.getFileName().toString();
  }

  /** Returns the class names in the order of the class ids. */
  public List<String> classes() {
    return classes;
  }

  /** Returns the images of the splits that the folder has: train, validation, test. */
  public Map<String, List<LabelledFile>> parts() {
    Map<String, List<LabelledFile>> result = new LinkedHashMap<>();
    if (layout.train().isPresent()) {
      result.put("train", parts.train());
    }
    parts.validation().ifPresent(files -> result.put("validation", files));
    parts.test().ifPresent(files -> result.put("test", files));
    return result;
  }

  /**
   * Returns an image at its original size; decodes it again only if it was handed out before.
   *
   * @throws FileException if the file can no longer be read
   */
  public Image image(LabelledFile file) {
    return look.take(file.file());
  }

  /** Returns the files with an image extension that cannot be read; they are skipped. */
  public List<UnreadableFile> broken() {
    return broken;
  }

  /**
   * Returns notes for the user: on each folder of images that is not used, on labels that seem to
   * be several, and on classes without validation images.
   */
  public List<String> notes() {
    List<String> notes = new ArrayList<>(layout.notes());
    layout
        .validation()
        .flatMap(home -> parts.validation().flatMap(files -> withoutImages(home, files)))
        .ifPresent(notes::add);
    return notes;
  }

  private Optional<String> withoutImages(Path home, List<LabelledFile> files) {
    List<String> missing =
        IntStream.range(0, classes.size())
            .filter(id -> files.stream().noneMatch(file -> file.has(id)))
            .mapToObj(classes::get)
            .toList();
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "note: %s has no images of %d of the %d classes: %s"
                .formatted(home, missing.size(), classes.size(), AbbreviatedList.of(missing)));
  }

  /** Returns the names of the held-out splits that have no folder. */
  private Set<String> drawnParts() {
    Set<String> drawn = new HashSet<>();
    if (layout.train().isPresent()) {
      if (layout.validation().isEmpty()) {
        drawn.add("validation");
      }
      if (layout.test().isEmpty()) {
        drawn.add("test");
      }
    }
    return drawn;
  }

  /**
   * Returns the files below the class folders in unsupported formats; hidden files and files that
   * operating systems leave behind are not among them.
   */
  public List<Path> ignored() {
    return ignored;
  }

  /**
   * Checks that all images can be read.
   *
   * @throws FileException if images cannot be read; the message names all of them
   */
  public void requireUnbroken() {
    if (!broken.isEmpty()) {
      throw new FileException(
          "%s: %d of the images cannot be read; repair or remove them: %s"
              .formatted(
                  folder,
                  broken.size(),
                  broken.stream().map(UnreadableFile::reason).collect(Collectors.joining("; "))));
    }
  }

  /**
   * Returns the images as data sets. For a missing validation or test folder, about a tenth of the
   * training images is drawn by each image's name and the seed, so that adding or removing an image
   * moves no other. A folder without training images has the splits that are there.
   *
   * @param options the options for reading images
   * @param seed the seed of the split
   * @throws DataException if there are too few images to draw from
   */
  public Splits splits(ImageOptions options, long seed) {
    LabelledFileSplits whole =
        layout
            .train()
            .map(home -> parts.complete(home, folder.toString(), groups(), seed))
            .orElse(parts);
    ImageDatasets samples = new ImageDatasets(name(), classes, labelling, options, look);
    Splits splits =
        new Splits(
            samples.training(whole.train()),
            whole.validation().map(files -> samples.part("validation", files)),
            whole.test().map(files -> samples.part("test", files)),
            drawnParts());
    if (!(options.caching() instanceof Caching.None)) {
      look.forget();
    }
    return splits;
  }

  /** Returns the training images from which missing splits are drawn separately. */
  private List<List<LabelledFile>> groups() {
    return labelling == Labelling.MULTI_LABEL
        ? List.of(parts.train())
        : IntStream.range(0, classes.size())
            .mapToObj(id -> parts.train().stream().filter(file -> file.has(id)).toList())
            .toList();
  }

  private void requireSoundClasses() {
    boolean trains = layout.train().isPresent();
    List<LabelledFile> all = parts().values().stream().flatMap(List::stream).toList();
    for (int id = 0; id < classes.size(); id++) {
      int label = id;
      if ((trains ? parts.train() : all).stream().noneMatch(file -> file.has(label))) {
        throw new DataException(
            broken.isEmpty()
                ? "%s: no training image has the label %s; add some, or remove the label"
                    .formatted(folder, classes.get(id))
                : "%s: no image of the class %s can be read; %s"
                    .formatted(folder, classes.get(id), broken.get(0).reason()));
      }
    }
    if (all.isEmpty()) {
      throw new DataException("%s has no images in its class folders; add some".formatted(folder));
    }
  }

  /**
   * Returns the files that can be decoded, using all processors.
   *
   * @param broken gets the others
   * @param look keeps what was decoded
   */
  private static List<LabelledFile> sound(
      List<LabelledFile> files, List<UnreadableFile> broken, CheckedImages look) {
    List<Optional<UnreadableFile>> findings =
        files.parallelStream().map(file -> problem(file, look)).toList();
    List<LabelledFile> sound = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      LabelledFile file = files.get(i);
      findings.get(i).ifPresentOrElse(broken::add, () -> sound.add(file));
    }
    return sound;
  }

  private static Optional<UnreadableFile> problem(LabelledFile labelled, CheckedImages look) {
    try {
      look.at(labelled.file());
      return Optional.empty();
    } catch (TrifocalException e) {
      return Optional.of(new UnreadableFile(labelled.file(), e.getMessage()));
    }
  }
}
