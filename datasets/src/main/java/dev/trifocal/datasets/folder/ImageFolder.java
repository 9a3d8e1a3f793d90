package dev.trifocal.datasets.folder;

import dev.trifocal.data.Splits;
import dev.trifocal.error.DataException;
import dev.trifocal.error.FileException;
import dev.trifocal.image.Image;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A folder of pictures, checked: {@code train/<class>/*}, with {@code val}, {@code valid} or {@code
 * validation} and {@code test} beside it or not, or these without {@code train}; or {@code
 * <class>/*} alone. {@code training} and {@code testing} are the same, as are capitals. Pictures
 * are the files that end in jpg, jpeg, png, bmp or gif, at any depth below their class; classes are
 * sorted by name, as in torchvision's {@code ImageFolder}.
 */
public final class ImageFolder {
  private final Path folder;
  private final FolderLayout layout;
  private final List<String> classes;
  private final LabelledFileSplits parts;
  private final List<UnreadableFile> broken;
  private final List<Path> ignored;
  private final CheckedImages look;

  private ImageFolder(
      Path folder,
      FolderLayout layout,
      List<String> classes,
      LabelledFileSplits parts,
      List<UnreadableFile> broken,
      List<Path> ignored,
      CheckedImages look) {
    this.folder = folder;
    this.layout = layout;
    this.classes = classes;
    this.parts = parts;
    this.broken = broken;
    this.ignored = ignored;
    this.look = look;
  }

  /**
   * Finds all pictures and decodes each once.
   *
   * @throws DataException if there is no such folder, or its pictures are not in folders of two or
   *     more classes, or a class has none that can be read
   * @throws FileException if a folder cannot be read
   */
  public static ImageFolder scan(Path folder) {
    FolderLayout layout = FolderLayout.of(folder);
    Optional<ClassFolders> train = layout.train().map(ClassFolders::below);
    Optional<ClassFolders> validation = layout.validation().map(ClassFolders::below);
    Optional<ClassFolders> test = layout.test().map(ClassFolders::below);
    List<String> classes =
        train.map(ClassFolders::requireClasses).orElseGet(() -> heldOutClasses(validation, test));
    Path home = layout.train().orElse(folder);
    List<UnreadableFile> broken = new ArrayList<>();
    CheckedImages look = new CheckedImages();
    LabelledFileSplits parts =
        new LabelledFileSplits(
            train.map(found -> sound(found.files(classes, home), broken, look)).orElseGet(List::of),
            validation.map(found -> sound(found.files(classes, home), broken, look)),
            test.map(found -> sound(found.files(classes, home), broken, look)));
    List<Path> ignored =
        Stream.of(train, validation, test)
            .flatMap(Optional::stream)
            .flatMap(found -> found.ignored().stream())
            .toList();
    ImageFolder result =
        new ImageFolder(folder, layout, classes, parts, List.copyOf(broken), ignored, look);
    result.requireSoundClasses();
    return result;
  }

  /** The name of the folder. */
  public String name() {
    Path whole = folder.toAbsolutePath().normalize();
    return whole.getNameCount() == 0 ? whole.toString() : whole.getFileName().toString();
  }

  /** Names in the order of the class ids. */
  public List<String> classes() {
    return classes;
  }

  /** Part to its pictures as the folders divide them: train, validation, test. */
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
   * A picture as it is in its file, decoded again only if it was handed out before.
   *
   * @throws FileException if the file can no longer be read
   */
  public Image image(LabelledFile file) {
    return look.take(file.file());
  }

  /** Files with the ending of a picture that cannot be read; they are left out. */
  public List<UnreadableFile> broken() {
    return broken;
  }

  /** A sentence for each folder with pictures that is passed over. */
  public List<String> notes() {
    return layout.notes();
  }

  /** Of validation and test those that have no folder. */
  private List<String> drawnParts() {
    List<String> drawn = new ArrayList<>();
    if (layout.train().isPresent()) {
      layout.validation().ifPresentOrElse(there -> {}, () -> drawn.add("validation"));
      layout.test().ifPresentOrElse(there -> {}, () -> drawn.add("test"));
    }
    return List.copyOf(drawn);
  }

  /** Files below the classes that are hidden or have other endings. */
  public List<Path> ignored() {
    return ignored;
  }

  /**
   * @throws FileException naming every file that cannot be read
   */
  public void requireUnbroken() {
    if (!broken.isEmpty()) {
      throw new FileException(
          "%s: %d of the pictures cannot be read; repair or remove them: %s"
              .formatted(
                  folder,
                  broken.size(),
                  broken.stream().map(UnreadableFile::reason).collect(Collectors.joining("; "))));
    }
  }

  /**
   * The pictures as samples. Of what the folder does not divide, about a tenth is drawn for
   * validation and a tenth for test: by each picture's name and the seed, so that another picture
   * that comes or goes moves none. A folder without training pictures has the parts that are there.
   *
   * @param seed of the draw
   * @throws DataException if there are too few pictures to draw from
   */
  public Splits splits(ImageOptions options, long seed) {
    LabelledFileSplits whole =
        layout
            .train()
            .map(home -> parts.complete(home, folder.toString(), classes, seed))
            .orElse(parts);
    ImageDatasets samples = new ImageDatasets(name(), classes, options, look);
    Splits splits =
        new Splits(
            samples.training(whole.train()),
            whole.validation().map(files -> samples.part("validation", files)),
            whole.test().map(files -> samples.part("test", files)),
            Set.copyOf(drawnParts()));
    if (!(options.caching() instanceof Caching.None)) {
      look.forget();
    }
    return splits;
  }

  /** Of a folder without training pictures. */
  private static List<String> heldOutClasses(
      Optional<ClassFolders> validation, Optional<ClassFolders> test) {
    return Stream.of(validation, test)
        .flatMap(Optional::stream)
        .flatMap(found -> found.classesWithImages().stream())
        .distinct()
        .sorted()
        .toList();
  }

  private void requireSoundClasses() {
    boolean trains = layout.train().isPresent();
    List<LabelledFile> all = parts().values().stream().flatMap(List::stream).toList();
    for (int id = 0; id < classes.size(); id++) {
      int label = id;
      if ((trains ? parts.train() : all).stream().noneMatch(file -> file.label() == label)) {
        throw new DataException(
            "%s: no picture of the class %s can be read; %s"
                .formatted(folder, classes.get(id), broken.get(0).reason()));
      }
    }
    if (all.isEmpty()) {
      throw new DataException(
          "%s has no pictures in folders of classes; put some there".formatted(folder));
    }
  }

  private static List<LabelledFile> sound(
      List<LabelledFile> files, List<UnreadableFile> broken, CheckedImages look) {
    ImageFileCheck check = ImageFileCheck.of(files, look);
    broken.addAll(check.broken());
    return check.sound();
  }
}
