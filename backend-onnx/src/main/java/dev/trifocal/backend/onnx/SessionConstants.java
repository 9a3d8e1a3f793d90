package dev.trifocal.backend.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The memory that a session takes for constants, beside weights that it reads where they lie: large
 * constants that ONNX Runtime has computed, such as filters in another order, and the copies of
 * matrices that it packs for products, {@code GemmPackBFp32}.
 */
final class SessionConstants {
  private static final Set<String> PRODUCTS = Set.of("Gemm", "FusedGemm", "MatMul", "FusedMatMul");

  /** Columns of a packed matrix are padded to a multiple of this number. */
  private static final long COLUMNS = 16;

  private SessionConstants() {}

  /**
   * Returns the number of bytes.
   *
   * @param optimised a model as ONNX Runtime runs it, with large constants as external data
   * @param shared the names of weights that it does not copy
   */
  static long bytes(GraphProto optimised, Set<String> shared) {
    Map<String, TensorProto> constants = new HashMap<>();
    long computed = 0;
    for (TensorProto constant : optimised.getInitializerList()) {
      if (constant.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
        constants.put(constant.getName(), constant);
        computed += shared.contains(constant.getName()) ? 0 : elements(constant.getDimsList());
      }
    }
    long packed =
        optimised.getNodeList().stream()
            .filter(node -> PRODUCTS.contains(node.getOpType()))
            .filter(node -> constants.containsKey(node.getInput(1)))
            .mapToLong(node -> packed(node, constants.get(node.getInput(1)).getDimsList()))
            .sum();
    return (computed + packed) * Float.BYTES;
  }

  private static long packed(NodeProto node, List<Long> sizes) {
    if (sizes.size() != 2) {
      return 0;
    }
    boolean transposed = NodeAttributes.of(node, "transB").anyMatch(value -> value != 0);
    long columns = sizes.get(transposed ? 0 : 1);
    long rows = sizes.get(transposed ? 1 : 0);
    return rows * ((columns + COLUMNS - 1) / COLUMNS * COLUMNS);
  }

  private static long elements(List<Long> sizes) {
    return sizes.stream().reduce(1L, Math::multiplyExact);
  }
}
