package dev.trifocal.datasets.memory;

import dev.trifocal.error.DataException;
import dev.trifocal.file.DigestBuilder;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.DataType;
import dev.trifocal.tensor.Tensor;
import java.util.List;

/** What is known of each sample: int64 {@code [N]} class ids with names, or float32 targets. */
public final class Labels {
  private final Rows rows;
  private final List<String> classes;

  private Labels(Rows rows, List<String> classes) {
    this.rows = rows;
    this.classes = List.copyOf(classes);
  }

  /**
   * Class ids.
   *
   * @param source the file they come from, for messages
   * @throws DataException if an id is negative or has no name
   */
  public static Labels ids(String source, long[] ids, List<String> classes) {
    for (int i = 0; i < ids.length; i++) {
      if (ids[i] < 0 || ids[i] >= classes.size()) {
        throw new DataException(
            "%s: label %d of sample %d is not a class; classes are 0..%d"
                .formatted(source, ids[i], i, classes.size() - 1));
      }
    }
    return new Labels(new Rows(Tensor.of(Shape.of(ids.length), ids)), classes);
  }

  /**
   * Targets that are not classes.
   *
   * @param targets float32 {@code [N, ...]}
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
