package dev.trifocal.onnx.importer;

import dev.trifocal.shape.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * An input or output of a file.
 *
 * @param name name in the file
 * @param path name in the graph: the path of the input's node, or the name of the output
 * @param type ONNX element type, such as {@code FLOAT}
 * @param sizes sizes of the axes, the batch first; a symbolic name or {@code ?} for an open size
 * @param order axis {@code i} of a sample in the file is axis {@code order(i)} in the graph; {@code
 *     [1, 2, 0]} for images with channels last
 */
public record FileValue(
    String name, String path, String type, List<String> sizes, List<Integer> order) {
  public FileValue {
    sizes = List.copyOf(sizes);
    order = List.copyOf(order);
  }

  /**
   * Returns the description of a graph's input or output that does not stem from a file: float32,
   * any batch size.
   */
  public static FileValue of(String name, Shape sample) {
    List<String> sizes = new ArrayList<>(List.of("N"));
    sample.sizes().forEach(size -> sizes.add(String.valueOf(size)));
    return new FileValue(
        name, name, "FLOAT", sizes, IntStream.range(0, sample.rank()).boxed().toList());
  }

  /**
   * Returns this value with the name in the file as its path, for programs that run the file
   * itself.
   */
  public FileValue byName() {
    return new FileValue(name, name, type, sizes, order);
  }

  /** Returns the shape of one sample in the file's axis order; empty if a size is open. */
  public Optional<Shape> sample() {
    if (sizes.isEmpty()) {
      return Optional.empty();
    }
    List<String> rest = sizes.subList(1, sizes.size());
    return rest.stream().allMatch(size -> size.matches("\\d{1,9}"))
        ? Optional.of(new Shape(rest.stream().map(Integer::valueOf).toList()))
        : Optional.empty();
  }

  /** Returns the smallest shape in the file's axis order that fits: open sizes are 1. */
  public Shape smallest() {
    return new Shape(
        sizes.stream().map(size -> size.matches("\\d{1,9}") ? Integer.valueOf(size) : 1).toList());
  }

  /** Returns whether the file and the graph order the axes of a sample alike. */
  public boolean inOrder() {
    return order.equals(order.stream().sorted().toList());
  }
}
