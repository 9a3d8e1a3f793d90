package dev.trifocal.architecture.planted.graph;

import ai.onnxruntime.OnnxTensor;

/** Uses an engine outside its backend. */
public final class KnowsOnnxRuntime {
  String type(OnnxTensor tensor) {
    return tensor.getInfo().toString();
  }
}
