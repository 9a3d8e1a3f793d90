package dev.trifocal.onnx.importer;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.SparseTensorProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.trifocal.onnx.internal.file.SparseContents;
import dev.trifocal.onnx.internal.file.TensorContents;
import dev.trifocal.onnx.internal.operand.FileContext;
import dev.trifocal.onnx.internal.operand.Operand;
import dev.trifocal.onnx.internal.operand.UnsupportedValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The constants that a graph holds beside its nodes. */
record Initializers(GraphProto graph) {
  /**
   * @throws dev.trifocal.error.TrifocalException if one is damaged
   */
  Map<String, Operand> of(FileContext file, TensorContents contents) {
    Map<String, Operand> result = new HashMap<>();
    for (TensorProto tensor : graph.getInitializerList()) {
      result.put(
          tensor.getName(),
          TensorContents.holdsNumbers(tensor) ? file.contents(tensor) : barrier(tensor));
    }
    SparseContents sparse = new SparseContents(contents, file::make);
    for (SparseTensorProto tensor : graph.getSparseInitializerList()) {
      TensorProto values = tensor.getValues();
      result.put(
          values.getName(),
          TensorContents.holdsNumbers(values) ? sparse.of(tensor) : barrier(values));
    }
    return result;
  }

  /** Other engines read it, and perhaps nothing needs it. */
  private static UnsupportedValue barrier(TensorProto tensor) {
    DataType type = DataType.forNumber(tensor.getDataType());
    return new UnsupportedValue(
        Optional.of(
            new UnsupportedValue.Obstacle(
                0,
                tensor.getName(),
                "initializer",
                "is of type " + (type == null ? tensor.getDataType() : type))),
        List.of());
  }
}
