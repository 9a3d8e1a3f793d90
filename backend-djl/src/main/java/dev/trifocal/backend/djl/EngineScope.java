package dev.trifocal.backend.djl;

import ai.djl.ndarray.NDScope;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;

/**
 * A scope of work on one thread: arrays created in it are freed on close, and gradient recording is
 * either on or off. Scopes nest.
 *
 * <p>PyTorch keeps the recording mode per thread, so sessions in different threads need not wait
 * for one another. With DJL's {@code GradientCollector} they would have to, because there is one
 * per process.
 */
final class EngineScope implements AutoCloseable {
  private final boolean recordedBefore = JniUtils.isGradMode();
  private final NDScope arrays = new NDScope();

  private EngineScope(boolean recording) {
    JniUtils.setGradMode(recording);
  }

  /** Opens a scope that records operations for gradients. */
  static EngineScope recording() {
    return new EngineScope(true);
  }

  /** Opens a scope without recording. */
  static EngineScope plain() {
    return new EngineScope(false);
  }

  /** Opens a scope with the recording mode of the current scope. */
  static EngineScope within() {
    return new EngineScope(JniUtils.isGradMode());
  }

  /** Lets an array outlive this scope, which must be the innermost one. */
  PtNDArray keep(PtNDArray array) {
    NDScope.unregister(array);
    return array;
  }

  /** Frees an array that an inner scope kept when this scope, now the innermost one, is closed. */
  void adopt(PtNDArray array) {
    NDScope.register(array);
  }

  /** Frees an array before this scope is closed; the scope must be the innermost one. */
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
