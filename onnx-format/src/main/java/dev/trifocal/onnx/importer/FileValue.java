package dev.trifocal.onnx.importer;

import dev.trifocal.shape.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * An input or output of a file.
 *
 * @param name in the file
 * @param path in the graph: of the input's node, or the name of the output
 * @param type as ONNX spells it: {@code FLOAT}
 * @param sizes of the axes, the batch first; a name, or {@code ?}, for one that is left open
 * @param order axis {@code i} of a sample in the file is axis {@code order(i)} in the graph; {@code
 *     [1, 2, 0]} for images with their channels last
 */
public record FileValue(
    String name, String path, String type, List<String> sizes, List<Integer> order) {
  public FileValue {
    sizes = List.copyOf(sizes);
    order = List.copyOf(order);
  }

  /** What a graph reads or makes that comes from no file: float32, any batch. */
  public static FileValue of(String name, Shape sample) {
    List<String> sizes = new ArrayList<>(List.of("N"));
    sample.sizes().forEach(size -> sizes.add(String.valueOf(size)));
    return new FileValue(
        name, name, "FLOAT", sizes, IntStream.range(0, sample.rank()).boxed().toList());
  }

  /** As a program of the file itself knows it, by its name. */
  public FileValue byName() {
    return new FileValue(name, name, type, sizes, order);
  }

  /** The shape of one sample as the file has its axes; empty if a size is left open. */
  public Optional<Shape> sample() {
    if (sizes.isEmpty()) {
      return Optional.empty();
    }
    List<String> rest = sizes.subList(1, sizes.size());
    return rest.stream().allMatch(size -> size.matches("\\d{1,9}"))
        ? Optional.of(new Shape(rest.stream().map(Integer::valueOf).toList()))
        : Optional.empty();
  }

  /** Whether the graph has the sample's axes as the file has them. */
  public boolean inOrder() {
    return order.equals(order.stream().sorted().toList());
  }
}
