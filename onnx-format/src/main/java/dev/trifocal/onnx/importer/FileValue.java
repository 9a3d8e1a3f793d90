package dev.trifocal.onnx.importer;

import java.util.List;

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

  /** Whether the graph has the sample's axes as the file has them. */
  public boolean inOrder() {
    return order.equals(order.stream().sorted().toList());
  }
}
