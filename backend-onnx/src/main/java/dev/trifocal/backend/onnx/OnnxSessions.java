package dev.trifocal.backend.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.error.BackendException;
import dev.trifocal.error.EngineMemoryException;
import dev.trifocal.error.FileException;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Creates sessions and tensors, and translates failures of ONNX Runtime. */
final class OnnxSessions {

  /** What ONNX Runtime's arena and threads and the C++ library say. */
  private static final List<String> OUT_OF_MEMORY =
      List.of("Failed to allocate memory", "Cannot allocate memory", "bad allocation", "bad_alloc");

  private OnnxSessions() {}

  /** Sets options of a session beyond the usual ones. */
  @FunctionalInterface
  interface FurtherOptions {
    /** The usual options. */
    FurtherOptions NONE = session -> {};

    void set(OrtSession.SessionOptions session) throws OrtException;
  }

  static OrtEnvironment environment() {
    // Errors are thrown; their log would print each again, with the source file.
    return OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, "trifocal");
  }

  static OrtSession open(String name, ModelProto model, RunOptions options) {
    return open(name, model, options, FurtherOptions.NONE);
  }

  /** Opens a model with further options. */
  static OrtSession open(
      String name, ModelProto model, RunOptions options, FurtherOptions further) {
    try (OrtSession.SessionOptions session = configured(options)) {
      further.set(session);
      return environment().createSession(model.toByteArray(), session);
    } catch (OrtException e) {
      throw failure(name + ": ONNX Runtime rejected the compiled model", e);
    }
  }

  /**
   * Opens a file by its path, so that external data beside it is found.
   *
   * @throws FileException if ONNX Runtime cannot run the file
   */
  static OrtSession open(Path file, RunOptions options) {
    try (OrtSession.SessionOptions session = configured(options)) {
      return environment().createSession(file.toString(), session);
    } catch (OrtException e) {
      throw new FileException(
          "%s: ONNX Runtime cannot run this file: %s".formatted(file, reason(e)), e);
    }
  }

  static void close(OrtSession session, String name) {
    try {
      session.close();
    } catch (OrtException e) {
      throw failure(name + ": ONNX Runtime failed to close", e);
    }
  }

  private static OrtSession.SessionOptions configured(RunOptions options) throws OrtException {
    // Nothing about a user's models is reported to anyone.
    environment().setTelemetry(false);
    OrtSession.SessionOptions session = new OrtSession.SessionOptions();
    session.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
    session.setIntraOpNumThreads(options.threadCount());
    session.setInterOpNumThreads(1);
    session.setDeterministicCompute(true);
    // The pattern of a batch size would be allocated beside what its first run has left in the
    // arena.
    session.setMemoryPatternOptimization(false);
    return session;
  }

  /** Returns a tensor that shares the memory of the host tensor, which must outlive it. */
  static OnnxTensor tensor(Tensor tensor) {
    return tensor(tensor.floats(), tensor.shape());
  }

  static Tensor host(OnnxTensor tensor) {
    Shape shape =
        Shape.of(Arrays.stream(tensor.getInfo().getShape()).mapToInt(Math::toIntExact).toArray());
    FloatBuffer values = tensor.getFloatBuffer();
    return Tensor.floats(shape, buffer -> buffer.put(values));
  }

  /** Returns what ONNX Runtime reports, in words for users. */
  static String reason(OrtException e) {
    return new EngineMessage(e.getMessage()).plain();
  }

  static RuntimeException failure(String what, OrtException e) {
    String reason = reason(e);
    boolean outOfMemory = OUT_OF_MEMORY.stream().anyMatch(reason::contains);
    return outOfMemory
        ? EngineMemoryException.of(what, reason, e)
        : new BackendException(what + ": " + reason, e);
  }

  /** Returns a tensor that shares the memory of a direct buffer, which must outlive it. */
  static OnnxTensor tensor(FloatBuffer values, Shape shape) {
    try {
      return OnnxTensor.createTensor(environment(), values, shape.toLongs());
    } catch (OrtException e) {
      throw failure("ONNX Runtime cannot create a tensor of shape " + shape, e);
    }
  }
}
