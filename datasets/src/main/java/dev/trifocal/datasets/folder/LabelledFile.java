package dev.trifocal.datasets.folder;

import java.nio.file.Path;
import java.util.List;

/**
 * An image file with its classes.
 *
 * @param file the path of the file, starting with the folder as the user named it
 * @param labels the class ids in ascending order: one, or any number with {@link
 *     Labelling#MULTI_LABEL}
 */
public record LabelledFile(Path file, List<Integer> labels) {
  public LabelledFile {
    labels = labels.stream().distinct().sorted().toList();
  }

  /** Creates a file with one class. */
  public LabelledFile(Path file, int label) {
    this(file, List.of(label));
  }

  /** Returns the first class id; -1 if the image has no classes. */
  public int label() {
    return labels.isEmpty() ? -1 : labels.get(0);
  }

  /** Returns whether the image is of a class. */
  public boolean has(int id) {
    return labels.contains(id);
  }
}
