package dev.trifocal.backend.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import dev.trifocal.onnx.Attribute;
import dev.trifocal.onnx.OnnxGraphBuilder;
import dev.trifocal.shape.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A sum over the batch. ONNX Runtime scans over the samples, so that it keeps one sum and the
 * intermediate values of one sample, not those of all samples.
 *
 * @param shape shape of the sum
 */
record BatchSum(OnnxGraphBuilder onnx, Shape shape) {

  /** Adds what one sample contributes. */
  @FunctionalInterface
  interface Addition {
    /**
     * Writes the nodes for one sample. Of the values around the scan, they may read constants only.
     *
     * @param body graph for the nodes
     * @param before sum over the samples before
     * @param samples this sample of each of the values, without the batch axis
     * @return the sum with this sample
     */
    String write(OnnxGraphBuilder body, String before, List<String> samples);
  }

  /**
   * A value to scan.
   *
   * @param value the whole batch, {@code [N, ...]}
   * @param sample shape of one sample
   */
  record Operand(String value, Shape sample) {}

  /** Returns the sum. */
  String of(List<Operand> operands, Addition addition) {
    String zero = zero(operands.get(0).value());
    List<String> inputs = new ArrayList<>();
    inputs.add(zero);
    operands.forEach(operand -> inputs.add(operand.value()));
    return onnx.node(
        "Scan",
        inputs,
        Attribute.of("body", body(zero + "/sample", operands, addition)),
        Attribute.of("num_scan_inputs", (long) operands.size()));
  }

  /**
   * Returns zeros. They seem to depend on the batch size, or ONNX Runtime would keep them as a
   * constant.
   */
  private String zero(String value) {
    String batch =
        onnx.node("Shape", List.of(value), Attribute.of("start", 0L), Attribute.of("end", 1L));
    String nothing = onnx.node("Mul", List.of(batch, onnx.longs(0)));
    String sizes = onnx.node("Add", List.of(nothing, onnx.longs(shape.toLongs())));
    return onnx.node("ConstantOfShape", List.of(sizes));
  }

  /**
   * Returns the body of the scan.
   *
   * @param scope prefix of its names, which must differ from those of the values around it
   */
  private GraphProto body(String scope, List<Operand> operands, Addition addition) {
    OnnxGraphBuilder body = new OnnxGraphBuilder("sample", StepCompiler.OPSET);
    body.scope(scope);
    String before = body.input(scope + "/before", shape);
    List<String> samples = new ArrayList<>();
    for (Operand operand : operands) {
      samples.add(body.input(scope + "/" + samples.size(), operand.sample()));
    }
    body.output(scope + "/after", addition.write(body, before, samples), shape);
    return body.build(Map.of()).getGraph();
  }
}
