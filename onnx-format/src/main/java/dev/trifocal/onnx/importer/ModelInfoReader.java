package dev.trifocal.onnx.importer;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.trifocal.onnx.internal.operand.DataValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Reads the description of an ONNX file. */
record ModelInfoReader(ModelProto model) {
  /**
   * Returns the description of the file.
   *
   * @param paths paths of the inputs in the graph, by name in the file; empty if there is no graph
   * @param outputs names of the outputs in the graph, in the file's order
   */
  ModelInfo of(ModelInputs inputs, Map<String, String> paths, int opset, List<String> outputs) {
    Map<String, String> metadata = new HashMap<>();
    model.getMetadataPropsList().forEach(e -> metadata.put(e.getKey(), e.getValue()));
    Map<String, ValueInfoProto> byName = new LinkedHashMap<>();
    model.getGraph().getInputList().forEach(i -> byName.put(i.getName(), i));
    List<FileValue> made = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      ValueInfoProto output = model.getGraph().getOutput(i);
      made.add(value(output, outputs.get(i), order(output)));
    }
    return new ModelInfo(
        model.getGraph().getName(),
        (model.getProducerName() + " " + model.getProducerVersion()).strip(),
        (int) model.getIrVersion(),
        opset,
        inputs.flows().entrySet().stream()
            .map(
                e ->
                    value(
                        byName.get(e.getKey()),
                        paths.getOrDefault(e.getKey(), e.getKey()),
                        e.getValue() instanceof DataValue f ? f.order() : List.of()))
            .toList(),
        inputs.unread(),
        made,
        new ScoreTracer(model.getGraph()).of(made),
        metadata);
  }

  /** Formats the sizes of a value, such as {@code [N, 3, H, W]}. */
  static List<String> sizes(ValueInfoProto value) {
    return value.getType().getTensorType().getShape().getDimList().stream()
        .map(ModelInfoReader::size)
        .toList();
  }

  private static String size(TensorShapeProto.Dimension size) {
    if (size.getDimValue() > 0) {
      return String.valueOf(size.getDimValue());
    }
    return size.getDimParam().isEmpty() ? "?" : size.getDimParam();
  }

  private static List<Integer> order(ValueInfoProto value) {
    return IntStream.range(0, Math.max(0, sizes(value).size() - 1)).boxed().toList();
  }

  private static FileValue value(ValueInfoProto value, String path, List<Integer> order) {
    DataType type = DataType.forNumber(value.getType().getTensorType().getElemType());
    return new FileValue(
        value.getName(), path, type == null ? "?" : type.name(), sizes(value), order);
  }
}
