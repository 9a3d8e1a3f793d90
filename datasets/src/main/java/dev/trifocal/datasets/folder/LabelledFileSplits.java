package dev.trifocal.datasets.folder;

import dev.trifocal.error.DataException;
import dev.trifocal.random.RandomStream;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Pictures for training, validation and test, no file in two of them.
 *
 * @param train as the folders have it, or what was left after a draw
 * @param validation empty: not there yet
 * @param test empty: not there yet
 */
record LabelledFileSplits(
    List<LabelledFile> train,
    Optional<List<LabelledFile>> validation,
    Optional<List<LabelledFile>> test) {
  private static final float TENTH = 0.1f;
  private static final int FEWEST = 3;

  /** In the order in which they were found. */
  private static final Comparator<LabelledFile> ORDER =
      Comparator.comparingInt(LabelledFile::label)
          .thenComparing(LabelledFile::file, ImageFileWalk.ORDER);

  /** A picture and its number in [0, 1), which its name and the seed give it. */
  private record Drawn(LabelledFile file, float number) {}

  /**
   * With about a tenth of the training pictures for each part that is missing. A picture's part
   * depends on its name below {@code home} and the seed alone, so that another picture that comes
   * or goes moves none. There are three exceptions: of a class with fewer than three pictures none
   * is drawn, one of each class is left for training, and a part that would be empty gets one of
   * each class.
   *
   * @param home the folder of the classes
   * @param name for messages
   * @throws DataException if a part has no pictures
   */
  LabelledFileSplits complete(Path home, String name, List<String> classes, long seed) {
    RandomStream stream = RandomStream.of(seed).at("split");
    List<List<Drawn>> byClass = new ArrayList<>();
    for (int label = 0; label < classes.size(); label++) {
      byClass.add(drawn(label, home, stream));
    }
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

  /** Those of a class that may be drawn, by their numbers; one is left out. */
  private List<Drawn> drawn(int label, Path home, RandomStream stream) {
    List<Drawn> all =
        train.stream()
            .filter(file -> file.label() == label)
            .map(file -> new Drawn(file, stream.at(spelled(home, file)).uniform(0)))
            .sorted(Comparator.comparing(Drawn::number))
            .toList();
    return all.size() < FEWEST ? List.of() : all.subList(0, all.size() - 1);
  }

  private static Set<LabelledFile> within(
      List<List<Drawn>> byClass, float from, float to, Set<LabelledFile> taken) {
    Set<LabelledFile> result = new LinkedHashSet<>();
    for (List<Drawn> drawn : byClass) {
      drawn.stream()
          .filter(one -> one.number() >= from && one.number() < to)
          .forEach(one -> result.add(one.file()));
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

  /** Where all that can be drawn is for test by its numbers, the last of it. */
  private static Set<LabelledFile> shared(
      Set<LabelledFile> forValidation, Set<LabelledFile> forTest) {
    if (forValidation.isEmpty() && forTest.size() > 1) {
      forValidation.add(List.copyOf(forTest).get(forTest.size() - 1));
      forTest.removeAll(forValidation);
    }
    return forValidation;
  }

  /** The same on every system, wherever the folder lies. */
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
          "%s has %d pictures for training and none for %s: about a tenth of each class of %d pictures or more is set aside for it; add pictures"
              .formatted(name, beforeDrawing.size(), part, FEWEST));
    }
  }

  private static List<LabelledFile> sorted(Collection<LabelledFile> files) {
    return files.stream().sorted(ORDER).toList();
  }
}
