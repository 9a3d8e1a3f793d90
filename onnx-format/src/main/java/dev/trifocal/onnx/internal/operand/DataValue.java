package dev.trifocal.onnx.internal.operand;

import dev.trifocal.layer.Transpose;
import dev.trifocal.shape.Shape;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Data that depends on the graph's input. Its first axis is the batch, or one row for all of it.
 * The file may see the axes of a sample in another order than the graph has them ({@code [N, H, W,
 * C]} where the graph has {@code [C, H, W]}): then nothing is moved until a layer needs the file's
 * order.
 *
 * @param order axis {@code i} of a sample, as the file sees it, is axis {@code order(i)} of the
 *     piece
 * @param settled the piece with its axes in the file's order: transposed, where they are not
 */
public record DataValue(PendingNode piece, List<Integer> order, PendingNode settled)
    implements Operand {
  public DataValue {
    order = List.copyOf(order);
  }

  public DataValue(PendingNode piece, List<Integer> order) {
    this(piece, order, settled("", piece, order));
  }

  /** In the graph's own order. */
  public static DataValue of(PendingNode piece) {
    return new DataValue(piece, IntStream.range(0, piece.shape().rank()).boxed().toList());
  }

  /** The shape of one sample as the file sees it. */
  public Shape shape() {
    return new Shape(order.stream().map(piece.shape()::size).toList());
  }

  /** Axes as the file counts them, the batch included. */
  public int rank() {
    return order.size() + 1;
  }

  public boolean inOrder() {
    return inOrder(order);
  }

  /** The same view of what another piece makes of this one, element by element. */
  public DataValue with(PendingNode other) {
    return new DataValue(other, order);
  }

  /**
   * Seen with its axes in another order.
   *
   * @param path of the transposition, should one be needed
   * @param next axis {@code i} of the result is axis {@code next(i)} of this
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
