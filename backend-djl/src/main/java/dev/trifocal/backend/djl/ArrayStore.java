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
import java.util.LinkedHashMap;
import java.util.Map;

/** The PyTorch arrays on one device, which are freed on close. */
final class ArrayStore implements AutoCloseable {
  /**
   * PyTorch's variable that requests huge pages for blocks of 2 MiB and more, if Linux provides
   * them.
   */
  private static final String LARGE_PAGES = "THP_MEM_ALLOC_ENABLE";

  private final PtNDManager manager;
  private final ScriptedOperators scripts;
  private final int threads;

  private ArrayStore(PtNDManager manager, int threads) {
    this.manager = manager;
    this.scripts = new ScriptedOperators(manager);
    this.threads = threads;
  }

  /**
   * Opens a store, and loads PyTorch if necessary.
   *
   * @throws ConfigurationException if PyTorch does not load or computes wrong convolutions
   */
  static ArrayStore open(RunOptions options) {
    return new ArrayStore(
        (PtNDManager) engine().newBaseManager(device(options)), options.threadCount());
  }

  private static Engine engine() {
    NativeEnvironment.set(LARGE_PAGES, "1");
    try {
      return OneDnn.checked(() -> Engine.getEngine("PyTorch"));
    } catch (EngineException e) {
      throw new ConfigurationException(
          "backend djl failed to start: %s; its libraries are unpacked to %s, which can be changed by the environment variable DJL_CACHE_DIR"
              .formatted(e, Utils.getEngineCacheDir()),
          e);
    }
  }

  /** Returns the operators that DJL does not offer, for arrays of this store. */
  ScriptedOperators scripts() {
    return scripts;
  }

  int threads() {
    return threads;
  }

  /** Returns whether the arrays lie in memory that Java can write to. */
  boolean isOnHost() {
    return !manager.getDevice().isGpu();
  }

  /**
   * Sets the number of threads for computations of the current thread; PyTorch keeps it per thread.
   */
  void useThreads() {
    if (JniUtils.getNumThreads() != threads) {
      JniUtils.setNumThreads(threads);
    }
  }

  /**
   * Returns a copy of a float32 tensor, in the {@linkplain MemoryLayout layout} of PyTorch's
   * operators. PyTorch could read host memory in place, but autograd may still hold arrays that
   * have been released here, and the garbage collector would free their memory.
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
      return MemoryLayout.copy(shared);
    }
  }

  Map<String, PtNDArray> copies(Map<String, Tensor> tensors) {
    Map<String, PtNDArray> result = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> result.put(name, copy(tensor)));
    return result;
  }

  /** Returns arrays of zeros, in the layout of copies. */
  Map<String, PtNDArray> zeros(Map<String, dev.trifocal.shape.Shape> shapes) {
    Map<String, PtNDArray> result = new LinkedHashMap<>();
    shapes.forEach(
        (name, shape) -> result.put(name, MemoryLayout.zeros(manager, new Shape(shape.toLongs()))));
    return result;
  }

  /** Returns a scalar array. */
  PtNDArray number(double value) {
    return JniUtils.full(
        manager, new Shape(), value, DataType.FLOAT32, manager.getDevice(), SparseFormat.DENSE);
  }

  /** Calls an operator that no layer uses, {@code aten::eye}, to mark a place in a trace. */
  void mark() {
    JniUtils.eye(manager, 1, 1, DataType.FLOAT32, manager.getDevice(), SparseFormat.DENSE).close();
  }

  static Tensor host(PtNDArray array) {
    long[] sizes = array.getShape().getShape();
    int[] shape = new int[sizes.length];
    for (int i = 0; i < sizes.length; i++) {
      shape[i] = Math.toIntExact(sizes[i]);
    }
    return Tensor.floats(
        dev.trifocal.shape.Shape.of(shape), buffer -> MemoryLayout.read(array, buffer));
  }

  static Map<String, Tensor> hosts(Map<String, PtNDArray> arrays) {
    Map<String, Tensor> result = new LinkedHashMap<>();
    arrays.forEach((name, array) -> result.put(name, host(array)));
    return result;
  }

  @Override
  public void close() {
    scripts.close();
    manager.close();
  }

  private static Device device(RunOptions options) {
    return switch (options.device().kind()) {
      case CPU -> Device.cpu();
      case GPU -> Device.gpu(options.device().index());
    };
  }
}
