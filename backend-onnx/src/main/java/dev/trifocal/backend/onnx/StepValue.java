package dev.trifocal.backend.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.TensorInfo;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A value of a step.
 *
 * @param type type of its elements
 * @param sizes sizes of its axes; empty for a scalar, and for a value of unknown sizes
 * @param bytes its size; 0 if unknown, as for the sizes of other values, which are small
 * @param symbolicSizes sizes by which ONNX Runtime recognises values of the same size before it
 *     knows the batch size; empty if it cannot
 */
record StepValue(OnnxJavaType type, List<Long> sizes, long bytes, List<String> symbolicSizes) {
  /** A value of no known type. */
  static final StepValue UNKNOWN = new StepValue(OnnxJavaType.UNKNOWN, List.of(), 0, List.of());

  /**
   * Returns what sessions tell of a value.
   *
   * @param sized from a session for one batch size
   * @param symbolic from a session for all batch sizes
   */
  static StepValue of(TensorInfo sized, TensorInfo symbolic) {
    List<Long> sizes = Arrays.stream(sized.getShape()).boxed().toList();
    boolean known = sizes.stream().allMatch(size -> size >= 0);
    long bytes = known ? sizes.stream().reduce((long) sized.type.size, (a, b) -> a * b) : 0;
    return new StepValue(sized.type, known ? sizes : List.of(), bytes, symbolicSizes(symbolic));
  }

  /** Returns what is known of a constant of the model. */
  static StepValue constant(TensorProto constant) {
    return new StepValue(OnnxJavaType.UNKNOWN, constant.getDimsList(), 0, List.of());
  }

  /** Returns whether ONNX Runtime knows that two values have the same size and type. */
  boolean hasSizeOf(StepValue other) {
    return !symbolicSizes.isEmpty()
        && symbolicSizes.equals(other.symbolicSizes)
        && type == other.type;
  }

  private static List<String> symbolicSizes(TensorInfo symbolic) {
    long[] sizes = symbolic.getShape();
    String[] names = symbolic.getDimensionNames();
    List<String> result =
        IntStream.range(0, sizes.length)
            .mapToObj(axis -> sizes[axis] >= 0 ? Long.toString(sizes[axis]) : names[axis])
            .toList();
    return result.contains("") ? List.of() : result;
  }
}
