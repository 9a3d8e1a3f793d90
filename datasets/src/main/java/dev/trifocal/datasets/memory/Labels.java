package dev.trifocal.datasets.memory;

import dev.trifocal.error.DataException;
import dev.trifocal.file.DigestBuilder;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.DataType;
import dev.trifocal.tensor.Tensor;
import java.util.List;

/** The labels of samples: int64 class ids {@code [N]} with class names, or float32 targets. */
public final class Labels {
  private final Rows rows;
  private final List<String> classes;

  private Labels(Rows rows, List<String> classes) {
    this.rows = rows;
    this.classes = List.copyOf(classes);
  }

  /**
   * Creates labels that are class ids.
   *
   * @param source the file that the ids come from, for messages
   * @param ids the class ids
   * @param classes the class names
   * @throws DataException if an id is negative or has no name
   */
  public static Labels ids(String source, long[] ids, List<String> classes) {
    for (int i = 0; i < ids.length; i++) {
      if (ids[i] < 0 || ids[i] >= classes.size()) {
        throw new DataException(
            "%s: label %d of sample %d is not a class id; ids are 0 to %d"
                .formatted(source, ids[i], i, classes.size() - 1));
      }
    }
    return new Labels(new Rows(Tensor.of(Shape.of(ids.length), ids)), classes);
  }

  /**
   * Creates labels that are targets rather than classes.
   *
   * @param targets the targets, float32 {@code [N, ...]}
   */
  public static Labels targets(Tensor targets) {
    if (targets.type() != DataType.FLOAT32) {
      throw new DataException("targets must be float32, but are " + targets);
    }
    return new Labels(new Rows(targets), List.of());
  }

  public int size() {
    return rows.count();
  }

  List<String> classes() {
    return classes;
  }

  Tensor rows(int[] indices) {
    return rows.at(indices);
  }

  void digest(DigestBuilder sha, int[] indices) {
    classes.forEach(name -> sha.add(name + "\n"));
    rows.digest(sha, indices);
  }
}
