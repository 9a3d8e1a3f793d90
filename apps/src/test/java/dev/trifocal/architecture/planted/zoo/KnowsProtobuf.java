package dev.trifocal.architecture.planted.zoo;

import ai.onnx.proto.OnnxMl;

/** Uses ONNX messages outside the file format. */
public final class KnowsProtobuf {
  long version(OnnxMl.ModelProto model) {
    return model.getIrVersion();
  }
}
