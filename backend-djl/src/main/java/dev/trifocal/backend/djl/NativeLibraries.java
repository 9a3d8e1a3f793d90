package dev.trifocal.backend.djl;

import ai.djl.util.ClassLoaderUtils;
import ai.djl.util.Platform;
import ai.djl.util.Utils;
import ai.djl.util.cuda.CudaUtils;
import dev.trifocal.backend.Device;
import dev.trifocal.error.ConfigurationException;
import java.util.ArrayList;
import java.util.List;

/**
 * PyTorch's native libraries on the class path. DJL downloads missing libraries, so it is not
 * called until all of them have been found.
 *
 * @param pytorch version of PyTorch
 * @param djl version of DJL
 * @param flavor {@code cpu}, or {@code cu} with the version of CUDA
 */
record NativeLibraries(String pytorch, String djl, String flavor) {
  /** The variable for a custom libtorch, which DJL then uses. */
  private static final String OWN_LIBRARY = "PYTORCH_LIBRARY_PATH";

  /**
   * Finds the libraries.
   *
   * @throws ConfigurationException if an artifact is missing; the message contains its coordinates
   */
  static NativeLibraries require() {
    EngineProperties.set();
    Platform platform = Platform.detectPlatform("pytorch");
    String pytorch = platform.getVersion().replaceFirst("-.*", "");
    String djl = platform.getApiVersion();
    boolean own = Utils.getEnvOrSystemProperty(OWN_LIBRARY) != null;
    if (!isOnClassPath("jnilib/pytorch.properties")) {
      throw missing("ai.djl.pytorch:pytorch-jni:" + pytorch + "-" + djl);
    }
    if (platform.isPlaceholder() && !own) {
      if (!isOnClassPath("jnilib/" + platform.getClassifier() + "/cpu/" + binding())) {
        throw new ConfigurationException(
            "backend djl does not support this platform: DJL %s has no PyTorch for %s"
                .formatted(djl, platform.getClassifier()));
      }
      throw missing(
          "ai.djl.pytorch:pytorch-native-cpu:%s with classifier %s"
              .formatted(pytorch, platform.getClassifier()));
    }
    return new NativeLibraries(pytorch, djl, platform.getFlavor());
  }

  /** Returns the CPU, and the GPUs if the libraries support CUDA. */
  List<Device> devices() {
    List<Device> result = new ArrayList<>();
    result.add(Device.CPU);
    int cards = flavor.startsWith("cu") ? CudaUtils.getGpuCount() : 0;
    for (int i = 0; i < cards; i++) {
      result.add(new Device(Device.Kind.GPU, i));
    }
    return result;
  }

  private static String binding() {
    return System.mapLibraryName("djl_torch");
  }

  private static boolean isOnClassPath(String resource) {
    return ClassLoaderUtils.getContextClassLoader().getResource(resource) != null;
  }

  private static ConfigurationException missing(String artifact) {
    return new ConfigurationException(
        "backend djl needs PyTorch's native libraries, which are not on the class path; add %s"
            .formatted(artifact));
  }
}
