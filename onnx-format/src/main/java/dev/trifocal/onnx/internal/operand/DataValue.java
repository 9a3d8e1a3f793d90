package dev.trifocal.onnx.internal.operand;

import dev.trifocal.layer.Transpose;
import dev.trifocal.shape.Shape;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Data that depends on the graph's input. Its first axis is the batch, or a single row shared by
 * the batch. The file may order the axes of a sample differently from the graph, such as {@code [N,
 * H, W, C]} instead of {@code [N, C, H, W]}; nothing is transposed until a layer needs the file's
 * order.
 *
 * @param piece node that computes the data
 * @param order axis {@code i} of a sample in the file is axis {@code order(i)} of the piece
 * @param settled the piece in the file's axis order, transposed if necessary
 */
public record DataValue(PendingNode piece, List<Integer> order, PendingNode settled)
    implements Operand {
  public DataValue {
    order = List.copyOf(order);
  }

  public DataValue(PendingNode piece, List<Integer> order) {
    this(piece, order, settled("", piece, order));
  }

  /** Returns data whose axes have the same order in file and graph. */
  public static DataValue of(PendingNode piece) {
    return new DataValue(piece, IntStream.range(0, piece.shape().rank()).boxed().toList());
  }

  /** Returns the shape of one sample in the file's axis order. */
  public Shape shape() {
    return new Shape(order.stream().map(piece.shape()::size).toList());
  }

  /** Returns the number of axes in the file, including the batch. */
  public int rank() {
    return order.size() + 1;
  }

  public boolean inOrder() {
    return inOrder(order);
  }

  /** Returns the output of an elementwise node on this data, with the same axis order. */
  public DataValue with(PendingNode other) {
    return new DataValue(other, order);
  }

  /**
   * Returns this data with its axes permuted.
   *
   * @param path path of the Transpose, if one is needed
   * @param next axis {@code i} of the result is axis {@code next(i)} of this data
   */
  public DataValue permuted(String path, List<Integer> next) {
    List<Integer> result = next.stream().map(order::get).toList();
    return new DataValue(piece, result, settled(path, piece, result));
  }

  private static boolean inOrder(List<Integer> order) {
    return IntStream.range(0, order.size()).allMatch(axis -> order.get(axis) == axis);
  }

  private static PendingNode settled(String path, PendingNode piece, List<Integer> order) {
    return inOrder(order)
        ? piece
        : new PendingNode(path, new Transpose(order), Map.of(), List.of(piece));
  }
}
