package dev.trifocal.backend.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.stream.LongStream;

/** Reads integer attributes of nodes. */
final class NodeAttributes {
  private NodeAttributes() {}

  /** Returns the values of an attribute; none if the node does not have it. */
  static LongStream of(NodeProto node, String attribute) {
    return node.getAttributeList().stream()
        .filter(each -> each.getName().equals(attribute))
        .flatMapToLong(NodeAttributes::values);
  }

  private static LongStream values(AttributeProto attribute) {
    return attribute.getType() == AttributeProto.AttributeType.INT
        ? LongStream.of(attribute.getI())
        : attribute.getIntsList().stream().mapToLong(Long::longValue);
  }
}
