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
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A folder of pictures, checked: {@code train/<class>/*}, with {@code val}, {@code valid} or {@code
 * validation} and {@code test} beside it or not; or {@code <class>/*} alone. Pictures are the files
 * that end in jpg, jpeg, jpe, jfif, png, bmp, dib, gif, tif, tiff or webp, at any depth below their
 * class; classes are sorted by name, as in torchvision's {@code ImageFolder}.
 */
public final class ImageFolder {
  private final Path folder;
  private final List<String> classes;
  private final LabelledFileSplits parts;
  private final List<UnreadableFile> broken;
  private final List<Path> ignored;
  private final CheckedImages look;

  private ImageFolder(
      Path folder,
      List<String> classes,
      LabelledFileSplits parts,
      List<UnreadableFile> broken,
      List<Path> ignored,
      CheckedImages look) {
    this.folder = folder;
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
    ClassFolders train = ClassFolders.below(layout.train());
    List<String> classes = train.requireClasses();
    Optional<ClassFolders> validation = layout.validation().map(ClassFolders::below);
    Optional<ClassFolders> test = layout.test().map(ClassFolders::below);
    List<UnreadableFile> broken = new ArrayList<>();
    CheckedImages look = new CheckedImages();
    LabelledFileSplits parts =
        new LabelledFileSplits(
            sound(train.files(classes, layout.train()), broken, look),
            validation.map(found -> sound(found.files(classes, layout.train()), broken, look)),
            test.map(found -> sound(found.files(classes, layout.train()), broken, look)));
    List<Path> ignored =
        Stream.of(Optional.of(train), validation, test)
            .flatMap(Optional::stream)
            .flatMap(found -> found.ignored().stream())
            .toList();
    ImageFolder result =
        new ImageFolder(folder, classes, parts, List.copyOf(broken), ignored, look);
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
    result.put("train", parts.train());
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

  /**
   * Files below the classes with endings of no format that is read. Files that are hidden, or that
   * systems leave behind, are not among them.
   */
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
   * The pictures as samples. Of what the folder does not divide, a tenth of each class is drawn for
   * validation and a tenth for test.
   *
   * @param seed of the draw
   * @throws DataException if there are too few pictures to draw from
   */
  public Splits splits(ImageOptions options, long seed) {
    LabelledFileSplits whole = parts.complete(folder.toString(), classes, seed);
    ImageDatasets samples = new ImageDatasets(name(), classes, options, look);
    Splits splits =
        new Splits(
            samples.training(whole.train()),
            samples.part("validation", whole.validation().orElseThrow()),
            samples.part("test", whole.test().orElseThrow()));
    if (!(options.caching() instanceof Caching.None)) {
      look.forget();
    }
    return splits;
  }

  private void requireSoundClasses() {
    for (int id = 0; id < classes.size(); id++) {
      int label = id;
      if (parts.train().stream().noneMatch(file -> file.label() == label)) {
        throw new DataException(
            "%s: no picture of the class %s can be read; %s"
                .formatted(folder, classes.get(id), broken.get(0).reason()));
      }
    }
  }

  private static List<LabelledFile> sound(
      List<LabelledFile> files, List<UnreadableFile> broken, CheckedImages look) {
    ImageFileCheck check = ImageFileCheck.of(files, look);
    broken.addAll(check.broken());
    return check.sound();
  }
}
