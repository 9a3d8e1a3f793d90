package dev.trifocal.datasets.folder;

import dev.trifocal.error.DataException;
import dev.trifocal.random.RandomStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Image files for training, validation and test; the splits share no file.
 *
 * @param train the training images, without those drawn for other splits
 * @param validation the validation images; empty if not yet drawn
 * @param test the test images; empty if not yet drawn
 */
record LabelledFileSplits(
    List<LabelledFile> train,
    Optional<List<LabelledFile>> validation,
    Optional<List<LabelledFile>> test) {
  private static final int TENTH = 10;
  private static final int FEWEST = 3;

  /** The order in which files are found. */
  private static final Comparator<LabelledFile> ORDER =
      Comparator.comparingInt(LabelledFile::label)
          .thenComparing(LabelledFile::file, ImageFileWalk.ORDER);

  /**
   * Returns complete splits. For each missing split, a tenth, but at least one, of the images of
   * each class with at least three training images is drawn.
   *
   * @param name the name of the folder, for messages
   * @param classes the class names
   * @param seed the seed of the split
   * @throws DataException if a split has no images
   */
  LabelledFileSplits complete(String name, List<String> classes, long seed) {
    List<LabelledFile> kept = new ArrayList<>();
    List<LabelledFile> forValidation = new ArrayList<>();
    List<LabelledFile> forTest = new ArrayList<>();
    RandomStream stream = RandomStream.of(seed).at("split");
    for (int label = 0; label < classes.size(); label++) {
      List<LabelledFile> all = ofClass(label);
      int tenth = all.size() < FEWEST ? 0 : Math.max(1, Math.round((float) all.size() / TENTH));
      int first = test.isPresent() ? 0 : tenth;
      int second = first + (validation.isPresent() ? 0 : tenth);
      int[] order = stream.at(classes.get(label)).permutation(all.size());
      for (int i = 0; i < order.length; i++) {
        (i < first ? forTest : i < second ? forValidation : kept).add(all.get(order[i]));
      }
    }
    LabelledFileSplits result =
        new LabelledFileSplits(
            sorted(kept),
            Optional.of(validation.orElseGet(() -> sorted(forValidation))),
            Optional.of(test.orElseGet(() -> sorted(forTest))));
    result.requireSome("validation", result.validation, name, train);
    result.requireSome("test", result.test, name, train);
    return result;
  }

  private void requireSome(
      String part,
      Optional<List<LabelledFile>> files,
      String name,
      List<LabelledFile> beforeDrawing) {
    if (files.isPresent() && files.get().isEmpty()) {
      throw new DataException(
          "%s has %d images for training and none for %s: a tenth of each class with at least %d images is held out; add images"
              .formatted(name, beforeDrawing.size(), part, FEWEST));
    }
  }

  private List<LabelledFile> ofClass(int label) {
    return train.stream().filter(file -> file.label() == label).toList();
  }

  private static List<LabelledFile> sorted(List<LabelledFile> files) {
    return files.stream().sorted(ORDER).toList();
  }
}
