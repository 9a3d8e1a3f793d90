package dev.trifocal.backend.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.error.BackendException;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;

/** How sessions and tensors are made, and how ONNX Runtime's failures are told. */
final class OnnxSessions {

  private OnnxSessions() {}

  static OrtEnvironment environment() {
    return OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "trifocal");
  }

  static OrtSession open(String name, ModelProto model, RunOptions options) {
    try (OrtSession.SessionOptions session = configured(options)) {
      return environment().createSession(model.toByteArray(), session);
    } catch (OrtException e) {
      throw failure(name + ": ONNX Runtime refuses the compiled model", e);
    }
  }

  /** By its path, so that data beside the file is found. */
  static OrtSession open(Path file, RunOptions options) {
    try (OrtSession.SessionOptions session = configured(options)) {
      return environment().createSession(file.toString(), session);
    } catch (OrtException e) {
      throw failure(file + ": ONNX Runtime refuses the file", e);
    }
  }

  private static OrtSession.SessionOptions configured(RunOptions options) throws OrtException {
    OrtSession.SessionOptions session = new OrtSession.SessionOptions();
    session.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
    session.setIntraOpNumThreads(options.threadCount());
    session.setInterOpNumThreads(1);
    session.setDeterministicCompute(true);
    return session;
  }

  /** A tensor over the same memory; the host tensor must outlive it. */
  static OnnxTensor tensor(Tensor tensor) {
    return tensor(tensor.floats(), tensor.shape());
  }

  static Tensor host(OnnxTensor tensor) {
    Shape shape =
        Shape.of(Arrays.stream(tensor.getInfo().getShape()).mapToInt(Math::toIntExact).toArray());
    FloatBuffer values = tensor.getFloatBuffer();
    return Tensor.floats(shape, buffer -> buffer.put(values));
  }

  static BackendException failure(String what, OrtException e) {
    return new BackendException(what + ": " + e.getMessage(), e);
  }

  private static OnnxTensor tensor(FloatBuffer values, Shape shape) {
    try {
      return OnnxTensor.createTensor(environment(), values, shape.toLongs());
    } catch (OrtException e) {
      throw failure("ONNX Runtime cannot take a tensor of shape " + shape, e);
    }
  }
}
