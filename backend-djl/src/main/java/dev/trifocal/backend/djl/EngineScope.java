package dev.trifocal.backend.djl;

import ai.djl.ndarray.NDScope;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;

/**
 * A stretch of work on one thread: arrays that are made in it are freed at its end, and PyTorch
 * records for gradients or does not. Scopes nest.
 *
 * <p>PyTorch keeps the recording switch per thread, so that sessions in several threads need not
 * wait for one another. DJL's {@code GradientCollector} would make them: there is one per process.
 */
final class EngineScope implements AutoCloseable {
  private final boolean recordedBefore = JniUtils.isGradMode();
  private final NDScope arrays = new NDScope();

  private EngineScope(boolean recording) {
    JniUtils.setGradMode(recording);
  }

  /** Operations are recorded, so that gradients can be asked for. */
  static EngineScope recording() {
    return new EngineScope(true);
  }

  /** Nothing is recorded. */
  static EngineScope plain() {
    return new EngineScope(false);
  }

  /** A scope within this thread's current one, which records as that does. */
  static EngineScope within() {
    return new EngineScope(JniUtils.isGradMode());
  }

  /** Lets an array outlive this scope, which must be the innermost. */
  PtNDArray keep(PtNDArray array) {
    NDScope.unregister(array);
    return array;
  }

  /** Frees an array that an inner scope kept at the end of this scope, now the innermost. */
  void adopt(PtNDArray array) {
    NDScope.register(array);
  }

  /** Frees an array before the end of this scope, which must be the innermost. */
  void free(PtNDArray array) {
    NDScope.unregister(array);
    array.close();
  }

  @Override
  public void close() {
    arrays.close();
    JniUtils.setGradMode(recordedBefore);
  }
}
