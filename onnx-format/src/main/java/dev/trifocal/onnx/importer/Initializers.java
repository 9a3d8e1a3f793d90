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

/** The initializers of an ONNX graph. */
record Initializers(GraphProto graph) {
  /**
   * Returns the initializers by name; those of unsupported types become {@link UnsupportedValue}s.
   *
   * @throws dev.trifocal.error.TrifocalException if an initializer is damaged
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

  /**
   * Returns a placeholder for a tensor of an unsupported type, which is an error only if a layer
   * needs it.
   */
  private static UnsupportedValue barrier(TensorProto tensor) {
    DataType type = DataType.forNumber(tensor.getDataType());
    return new UnsupportedValue(
        Optional.of(
            new UnsupportedValue.Obstacle(
                0,
                tensor.getName(),
                "initializer",
                "has unsupported type " + (type == null ? tensor.getDataType() : type))),
        List.of());
  }
}
