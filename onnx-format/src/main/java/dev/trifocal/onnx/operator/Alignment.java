package dev.trifocal.onnx.operator;

import dev.trifocal.error.GraphException;
import dev.trifocal.onnx.operand.Flow;
import dev.trifocal.onnx.operand.Piece;
import java.util.List;

/** Data that meets other data, element by element. */
interface Alignment {
  /**
   * Pieces whose axes mean the same.
   *
   * @throws GraphException if they have not the same number of axes
   */
  static List<Piece> of(List<Flow> flows) {
    if (flows.stream().map(Flow::rank).distinct().count() != 1) {
      throw new GraphException(
          "joins data of %s, whose batches are not at the same place"
              .formatted(flows.stream().map(Flow::shape).toList()));
    }
    return flows.stream().map(alike(flows) ? Flow::piece : Flow::settled).toList();
  }

  /** The order of the axes of what is made of these pieces. */
  static List<Integer> order(List<Flow> flows) {
    return alike(flows) ? flows.get(0).order() : flows.get(0).order().stream().sorted().toList();
  }

  private static boolean alike(List<Flow> flows) {
    return flows.stream().map(Flow::order).distinct().count() == 1;
  }
}
