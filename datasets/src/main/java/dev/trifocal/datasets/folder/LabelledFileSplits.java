package dev.trifocal.datasets.folder;

import dev.trifocal.error.DataException;
import dev.trifocal.random.RandomStream;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Image files for training, validation and test; the splits share no file.
 *
 * @param train the training images, without those drawn for other splits
 * @param validation the validation images; empty if not yet drawn
 * @param test the test images; empty if not yet drawn
 */
public record LabelledFileSplits(
    List<LabelledFile> train,
    Optional<List<LabelledFile>> validation,
    Optional<List<LabelledFile>> test) {
  private static final float TENTH = 0.1f;
  private static final int FEWEST = 3;

  /** The order in which files are found. */
  static final Comparator<LabelledFile> ORDER =
      Comparator.comparingInt(LabelledFile::label)
          .thenComparing(LabelledFile::file, ImageFiles.ORDER);

  /** An image and its number in [0, 1), derived from its name and the seed. */
  private record Drawn(LabelledFile file, float number) {}

  /**
   * Returns complete splits. For each missing split, about a tenth of the training images is drawn.
   * The split of an image depends only on its name below {@code home} and the seed, so that adding
   * or removing an image moves no other, with three exceptions: classes with fewer than three
   * images give none, each class keeps an image for training, and a split that would be empty gets
   * an image of each class.
   *
   * @param home the folder of the class folders
   * @param name the name of the folder, for messages
   * @param groups the training images from which to draw separately: those of each class
   * @param seed the seed of the split
   * @throws DataException if a split has no images
   */
  public LabelledFileSplits complete(
      Path home, String name, List<List<LabelledFile>> groups, long seed) {
    RandomStream stream = RandomStream.of(seed).at("split");
    List<List<Drawn>> byClass = groups.stream().map(files -> drawn(files, home, stream)).toList();
    Set<LabelledFile> forTest = test.isPresent() ? Set.of() : within(byClass, 0, TENTH, Set.of());
    Set<LabelledFile> forValidation =
        validation.isPresent()
            ? Set.of()
            : shared(within(byClass, TENTH, 2 * TENTH, forTest), forTest);
    List<LabelledFile> kept =
        train.stream()
            .filter(file -> !forTest.contains(file) && !forValidation.contains(file))
            .toList();
    LabelledFileSplits result =
        new LabelledFileSplits(
            sorted(kept),
            Optional.of(validation.orElseGet(() -> sorted(forValidation))),
            Optional.of(test.orElseGet(() -> sorted(forTest))));
    result.requireSome("validation", result.validation, name, train);
    result.requireSome("test", result.test, name, train);
    return result;
  }

  /** Returns the images of a class that may be drawn, by number; all but one. */
  private static List<Drawn> drawn(List<LabelledFile> files, Path home, RandomStream stream) {
    List<Drawn> all =
        files.stream()
            .map(file -> new Drawn(file, stream.at(spelled(home, file)).uniform(0)))
            .sorted(Comparator.comparing(Drawn::number))
            .toList();
    return all.size() < FEWEST ? List.of() : all.subList(0, all.size() - 1);
  }

  /**
   * Returns the images with numbers in a range, or the first of each class if there are none.
   *
   * @param taken images of another split, which may have been taken in this range for want of
   *     others
   */
  private static Set<LabelledFile> within(
      List<List<Drawn>> byClass, float from, float to, Set<LabelledFile> taken) {
    Set<LabelledFile> result = new LinkedHashSet<>();
    for (List<Drawn> drawn : byClass) {
      drawn.stream()
          .filter(one -> one.number() >= from && one.number() < to)
          .map(Drawn::file)
          .filter(file -> !taken.contains(file))
          .forEach(result::add);
    }
    if (result.isEmpty()) {
      for (List<Drawn> drawn : byClass) {
        drawn.stream()
            .map(Drawn::file)
            .filter(file -> !taken.contains(file))
            .findFirst()
            .ifPresent(result::add);
      }
    }
    return result;
  }

  /** If all drawable images are for test, moves the last one to validation. */
  private static Set<LabelledFile> shared(
      Set<LabelledFile> forValidation, Set<LabelledFile> forTest) {
    if (forValidation.isEmpty() && forTest.size() > 1) {
      forValidation.add(List.copyOf(forTest).get(forTest.size() - 1));
      forTest.removeAll(forValidation);
    }
    return forValidation;
  }

  /** Returns the name below the folder, equal on every system. */
  private static String spelled(Path home, LabelledFile file) {
    String name = home.relativize(file.file()).toString();
    String separator = file.file().getFileSystem().getSeparator();
    return Normalizer.normalize(name.replace(separator, "/"), Normalizer.Form.NFC);
  }

  private void requireSome(
      String part,
      Optional<List<LabelledFile>> files,
      String name,
      List<LabelledFile> beforeDrawing) {
    if (files.isPresent() && files.get().isEmpty()) {
      throw new DataException(
          "%s has %d images for training and none for %s: about a tenth of each class with at least %d images is held out; add images"
              .formatted(name, beforeDrawing.size(), part, FEWEST));
    }
  }

  private static List<LabelledFile> sorted(Collection<LabelledFile> files) {
    return files.stream().sorted(ORDER).toList();
  }
}
