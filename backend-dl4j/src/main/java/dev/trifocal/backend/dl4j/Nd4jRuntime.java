package dev.trifocal.backend.dl4j;

import dev.trifocal.backend.RunOptions;
import dev.trifocal.error.BackendException;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.error.TrifocalException;
import java.util.function.Supplier;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * ND4J as a process has it: once. The numbers of threads of its own loops and of OpenBLAS belong to
 * the process, so one run is at work at a time, with the threads that it was promised.
 */
final class Nd4jRuntime {
  private Nd4jRuntime() {}

  /**
   * Runs something on the engine, alone.
   *
   * @param name the graph's, for messages
   * @throws ConfigurationException if a native library is missing or does not load
   * @throws BackendException if an operator fails
   */
  static <T> T run(String name, RunOptions options, Supplier<T> work) {
    synchronized (Nd4jRuntime.class) {
      start(options.threadCount());
      try {
        return work.get();
      } catch (TrifocalException e) {
        throw e;
      } catch (RuntimeException e) {
        throw new BackendException(name + ": ND4J failed: " + reason(e), e);
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
          "backend dl4j: ND4J's native library does not load here: " + reason(e));
    }
  }

  /**
   * JavaCPP would refuse more memory than the heap may have, which says nothing about arrays that
   * are not on the heap. What the user has set stays. It is read once, at the first array.
   */
  private static void unlimited(String property) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, "0");
    }
  }

  /**
   * ND4J's own loops, oneDNN's (OpenMP) and OpenBLAS's each count for themselves. ND4J takes no
   * more for its loops than there are cores, and its {@code setMaxThreads} does nothing.
   */
  private static void setThreads(int threads) {
    Nd4j.getEnvironment().setMaxMasterThreads(threads);
    NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(threads);
    openblas_nolapack.blas_set_num_threads(threads);
  }

  private static String reason(Throwable failure) {
    Throwable deepest = failure;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return deepest.getMessage();
  }
}
