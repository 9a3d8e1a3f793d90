package dev.trifocal.backend.djl;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.util.Utils;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.tensor.Tensor;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/** PyTorch's arrays on one device, all freed when it is closed. */
final class ArrayStore implements AutoCloseable {
  /** Of PyTorch: memory of 2 MiB and more comes in pages of that size, if Linux has some. */
  private static final String LARGE_PAGES = "THP_MEM_ALLOC_ENABLE";

  private final PtNDManager manager;
  private final int threads;

  private ArrayStore(PtNDManager manager, int threads) {
    this.manager = manager;
    this.threads = threads;
  }

  /**
   * Loads PyTorch, if nobody has yet.
   *
   * @throws ConfigurationException if it does not load, or computes wrong convolutions
   */
  static ArrayStore open(RunOptions options) {
    int threads = options.threads();
    return new ArrayStore(
        (PtNDManager) engine().newBaseManager(device(options)),
        threads == 0 ? Runtime.getRuntime().availableProcessors() : threads);
  }

  private static Engine engine() {
    NativeEnvironment.set(LARGE_PAGES, "1");
    try {
      return OneDnn.checked(() -> Engine.getEngine("PyTorch"));
    } catch (EngineException e) {
      throw new ConfigurationException(
          "backend djl does not start: %s; its libraries are unpacked into %s, for which DJL_CACHE_DIR names another place"
              .formatted(e, Utils.getEngineCacheDir()),
          e);
    }
  }

  /** Makes this thread compute with the threads of the options; PyTorch counts them per thread. */
  void useThreads() {
    if (JniUtils.getNumThreads() != threads) {
      JniUtils.setNumThreads(threads);
    }
  }

  /**
   * A copy of a float32 tensor. PyTorch could read the host's memory in place, but autograd holds
   * on to arrays that were let go of here, and the collector would free that memory under it.
   */
  PtNDArray copy(Tensor tensor) {
    try (PtNDArray shared =
        JniUtils.createNdFromByteBuffer(
            manager,
            tensor.bytes(),
            new Shape(tensor.shape().toLongs()),
            DataType.FLOAT32,
            SparseFormat.DENSE,
            manager.getDevice())) {
      return JniUtils.clone(shared);
    }
  }

  Map<String, PtNDArray> copies(Map<String, Tensor> tensors) {
    Map<String, PtNDArray> result = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> result.put(name, copy(tensor)));
    return result;
  }

  /** A number, without axes. */
  PtNDArray number(double value) {
    return JniUtils.full(
        manager, new Shape(), value, DataType.FLOAT32, manager.getDevice(), SparseFormat.DENSE);
  }

  static Tensor host(PtNDArray array) {
    long[] sizes = array.getShape().getShape();
    int[] shape = new int[sizes.length];
    for (int i = 0; i < sizes.length; i++) {
      shape[i] = Math.toIntExact(sizes[i]);
    }
    FloatBuffer values = array.toByteBuffer(true).asFloatBuffer();
    return Tensor.floats(dev.trifocal.shape.Shape.of(shape), buffer -> buffer.put(values));
  }

  static Map<String, Tensor> hosts(Map<String, PtNDArray> arrays) {
    Map<String, Tensor> result = new LinkedHashMap<>();
    arrays.forEach((name, array) -> result.put(name, host(array)));
    return result;
  }

  @Override
  public void close() {
    manager.close();
  }

  private static Device device(RunOptions options) {
    return switch (options.device().kind()) {
      case CPU -> Device.cpu();
      case GPU -> Device.gpu(options.device().index());
    };
  }
}
