package dev.trifocal.backend.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProtoOrBuilder;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxTensorLike;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.google.protobuf.ByteString;
import dev.trifocal.weights.Weights;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A model whose large weights stay in Java's tensors, where ONNX Runtime reads them. Within the
 * model, they would be copied several times until a session holds them.
 *
 * @param model a model that refers to the weights as external data
 * @param weights the weights by name; open as long as the session
 */
record SharedWeights(ModelProto model, Map<String, OnnxTensor> weights) implements AutoCloseable {
  static SharedWeights of(ModelProto model, Weights all) {
    Map<String, OnnxTensor> shared = new LinkedHashMap<>();
    for (TensorProto initializer : model.getGraph().getInitializerList()) {
      if (isExternal(initializer)) {
        shared.put(initializer.getName(), OnnxSessions.tensor(all.tensor(initializer.getName())));
      }
    }
    return new SharedWeights(model, shared);
  }

  /** Returns the model with all weights in it. */
  static ModelProto inlined(ModelProto model, Weights all) {
    ModelProto.Builder result = model.toBuilder();
    for (TensorProto.Builder initializer : result.getGraphBuilder().getInitializerBuilderList()) {
      if (isExternal(initializer)) {
        initializer
            .clearDataLocation()
            .clearExternalData()
            .setRawData(ByteString.copyFrom(all.tensor(initializer.getName()).bytes()));
      }
    }
    return result.build();
  }

  private static boolean isExternal(TensorProtoOrBuilder initializer) {
    return initializer.getDataLocation() == TensorProto.DataLocation.EXTERNAL;
  }

  void addTo(OrtSession.SessionOptions session) throws OrtException {
    session.addExternalInitializers(new LinkedHashMap<String, OnnxTensorLike>(weights));
  }

  @Override
  public void close() {
    weights.values().forEach(OnnxTensor::close);
  }
}
