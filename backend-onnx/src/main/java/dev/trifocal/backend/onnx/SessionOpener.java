package dev.trifocal.backend.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnxruntime.OrtSession;
import dev.trifocal.backend.RunOptions;

/** Opens a model in ONNX Runtime. */
@FunctionalInterface
interface SessionOpener {
  /**
   * Opens a model.
   *
   * @param name name of the graph, for messages
   * @param further options of the session beyond the usual ones
   */
  OrtSession open(
      String name, ModelProto model, RunOptions options, OnnxSessions.FurtherOptions further);
}
