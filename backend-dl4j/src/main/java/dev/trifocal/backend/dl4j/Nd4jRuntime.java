package dev.trifocal.backend.dl4j;

import dev.trifocal.backend.RunOptions;
import dev.trifocal.error.BackendException;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.error.EngineMemoryException;
import dev.trifocal.error.TrifocalException;
import java.util.List;
import java.util.function.Supplier;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * Access to ND4J, of which there is one per process. The thread counts of its own loops and of
 * OpenBLAS are process-wide, so only one run is active at a time, with the number of threads that
 * it requested.
 */
final class Nd4jRuntime {
  /** What oneDNN, JavaCPP and the C++ library say. */
  private static final List<String> OUT_OF_MEMORY =
      List.of(
          "could not create a memory object",
          "Failed to allocate",
          "Cannot allocate",
          "bad_alloc",
          "allocation failed");

  /** What Java says if memory runs out within its heap, not within the engine. */
  private static final List<String> HEAP = List.of("heap space", "GC overhead");

  private Nd4jRuntime() {}

  /**
   * Runs work on the engine exclusively.
   *
   * @param name name of the graph, used in messages
   * @throws ConfigurationException if a native library is missing or does not load
   * @throws EngineMemoryException if memory runs out
   * @throws BackendException if an operator fails
   */
  static <T> T run(String name, RunOptions options, Supplier<T> work) {
    synchronized (Nd4jRuntime.class) {
      start(options.threadCount());
      try {
        return work.get();
      } catch (TrifocalException e) {
        throw e;
      } catch (OutOfMemoryError e) {
        if (HEAP.stream().anyMatch(String.valueOf(e.getMessage())::contains)) {
          throw e;
        }
        throw failure(name, e);
      } catch (RuntimeException e) {
        throw failure(name, e);
      }
    }
  }

  private static void start(int threads) {
    ClassLoader loader = Nd4jRuntime.class.getClassLoader();
    unlimited("org.bytedeco.javacpp.maxbytes");
    unlimited("org.bytedeco.javacpp.maxphysicalbytes");
    new NativeLibraries(Loader.getPlatform(), path -> loader.getResource(path) != null).require();
    try {
      setThreads(threads);
    } catch (LinkageError e) {
      throw new ConfigurationException(
          "backend dl4j: ND4J's native library failed to load: " + reason(e), e);
    }
  }

  /**
   * Removes JavaCPP's memory limit, which is derived from the heap size and makes no sense for
   * arrays outside the heap. A value set by the user is kept. The property is read once, at the
   * first array.
   */
  private static void unlimited(String property) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, "0");
    }
  }

  /**
   * Sets the thread counts of ND4J's own loops, of oneDNN (OpenMP) and of OpenBLAS, which are
   * separate. ND4J's loops use no more threads than there are cores, and its {@code setMaxThreads}
   * has no effect.
   */
  private static void setThreads(int threads) {
    Nd4j.getEnvironment().setMaxMasterThreads(threads);
    NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(threads);
    openblas_nolapack.blas_set_num_threads(threads);
  }

  private static RuntimeException failure(String name, Throwable cause) {
    String reason = String.valueOf(reason(cause));
    boolean outOfMemory =
        cause instanceof OutOfMemoryError || OUT_OF_MEMORY.stream().anyMatch(reason::contains);
    return outOfMemory
        ? EngineMemoryException.of(name, "ND4J: " + reason, cause)
        : new BackendException(name + ": ND4J failed: " + reason, cause);
  }

  private static String reason(Throwable failure) {
    Throwable deepest = failure;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return deepest.getMessage();
  }
}
