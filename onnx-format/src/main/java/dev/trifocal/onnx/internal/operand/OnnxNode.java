package dev.trifocal.onnx.internal.operand;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.trifocal.error.GraphException;
import java.util.List;
import java.util.Optional;

/** A node of an ONNX file: operator, inputs, outputs and attributes. */
public record OnnxNode(NodeProto proto) {
  /** Returns the name of the operator. */
  public String operator() {
    return proto.getOpType();
  }

  /** Returns the domain of the operator; empty for ONNX's own operators. */
  public String domain() {
    return proto.getDomain().equals("ai.onnx") ? "" : proto.getDomain();
  }

  /** Returns the node's name, or the name of its first output if it has none. */
  public String name() {
    return proto.getName().isEmpty() && proto.getOutputCount() > 0
        ? proto.getOutput(0)
        : proto.getName();
  }

  /** Returns the names of the inputs; an empty name stands for an omitted input. */
  public List<String> inputs() {
    return proto.getInputList();
  }

  public List<String> outputs() {
    return proto.getOutputList();
  }

  public boolean has(String attribute) {
    return find(attribute).isPresent();
  }

  /**
   * Returns an integer attribute. Like the other accessors, it checks the type of the attribute.
   *
   * @throws GraphException if the attribute has another type
   */
  public long integer(String attribute, long otherwise) {
    return find(attribute, AttributeType.INT).map(AttributeProto::getI).orElse(otherwise);
  }

  /** Returns the shortest decimal for the float32 in the file: 0.001, not 0.0010000000474974513. */
  public double real(String attribute, double otherwise) {
    return find(attribute, AttributeType.FLOAT)
        .map(a -> Double.parseDouble(Float.toString(a.getF())))
        .orElse(otherwise);
  }

  public String text(String attribute, String otherwise) {
    return find(attribute, AttributeType.STRING)
        .map(a -> a.getS().toStringUtf8())
        .orElse(otherwise);
  }

  public long[] integers(String attribute, long... otherwise) {
    return find(attribute, AttributeType.INTS)
        .map(a -> a.getIntsList().stream().mapToLong(Long::longValue).toArray())
        .orElse(otherwise);
  }

  public double[] reals(String attribute, double... otherwise) {
    return find(attribute, AttributeType.FLOATS)
        .map(a -> a.getFloatsList().stream().mapToDouble(Float::doubleValue).toArray())
        .orElse(otherwise);
  }

  public Optional<TensorProto> tensor(String attribute) {
    return find(attribute, AttributeType.TENSOR).map(AttributeProto::getT);
  }

  private Optional<AttributeProto> find(String attribute, AttributeType type) {
    Optional<AttributeProto> found = find(attribute);
    found
        .filter(a -> a.getType() != type && a.getType() != AttributeType.UNDEFINED)
        .ifPresent(
            a -> {
              throw new GraphException(
                  "has attribute '%s' of type %s, which must be %s"
                      .formatted(attribute, a.getType(), type));
            });
    return found;
  }

  private Optional<AttributeProto> find(String attribute) {
    return proto.getAttributeList().stream().filter(a -> a.getName().equals(attribute)).findFirst();
  }
}
