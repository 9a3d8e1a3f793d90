package dev.trifocal.backend.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxTensorLike;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.trifocal.weights.Weights;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A model whose large weights stay in Java's tensors, where ONNX Runtime reads them. Within the
 * model, they would be copied several times until a session holds them.
 *
 * @param model the model, which refers to the weights as external data
 * @param weights the weights by name; open as long as the session
 */
record SharedWeights(ModelProto model, Map<String, OnnxTensor> weights) implements AutoCloseable {
  /** ONNX Runtime expects smaller tensors within the model. */
  private static final long LEAST_BYTES = 128;

  static SharedWeights of(ModelProto model, Weights all) {
    ModelProto.Builder changed = model.toBuilder();
    Map<String, OnnxTensor> shared = new LinkedHashMap<>();
    for (TensorProto.Builder initializer : changed.getGraphBuilder().getInitializerBuilderList()) {
      String name = initializer.getName();
      if (all.tensors().containsKey(name) && initializer.getRawData().size() >= LEAST_BYTES) {
        shared.put(name, OnnxSessions.tensor(all.tensor(name)));
        initializer
            .clearRawData()
            .setDataLocation(TensorProto.DataLocation.EXTERNAL)
            .addExternalData(
                StringStringEntryProto.newBuilder().setKey("location").setValue("weights"));
      }
    }
    return new SharedWeights(changed.build(), shared);
  }

  void addTo(OrtSession.SessionOptions session) throws OrtException {
    session.addExternalInitializers(new LinkedHashMap<String, OnnxTensorLike>(weights));
  }

  @Override
  public void close() {
    weights.values().forEach(OnnxTensor::close);
  }
}
