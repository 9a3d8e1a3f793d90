package dev.trifocal.backend.djl;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.pytorch.jni.LibUtils;
import ai.djl.util.Utils;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import dev.trifocal.error.ConfigurationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * oneDNN, which PyTorch leaves convolutions to. Where the processor hides the sizes of its caches,
 * as in some virtual machines, oneDNN 3.7 takes them for 0 and fills blocks of weights with zeros.
 * So it is kept from blocks there, and has to prove that it computes; else PyTorch does without it.
 */
final class OneDnn {
  /** oneDNN reads it when it is first used. */
  static final String INSTRUCTIONS = "ONEDNN_MAX_CPU_ISA";

  /** With these instructions weights are not laid out in blocks. */
  static final String WITHOUT_BLOCKS = "SSE41";

  /** One more than a block, so that there is a block that is not full. */
  static final int CHANNELS = 17;

  static final int KERNEL = 3;

  /** {@code at::Context::setUserEnabledMkldnn(bool)}. */
  static final String ONEDNN_SWITCH = "_ZN2at7Context20setUserEnabledMkldnnEb";

  /** {@code at::Context::setUserEnabledNNPACK(bool)}. */
  static final String NNPACK_SWITCH = "_ZN2at7Context20setUserEnabledNNPACKEb";

  private OneDnn() {}

  /**
   * The engine, as the loader gives it, with convolutions that are right.
   *
   * @throws ConfigurationException if convolutions are wrong and oneDNN cannot be left out
   */
  static Engine checked(Supplier<Engine> loader) {
    boolean careful = hidesCaches() && Utils.getEnvOrSystemProperty(INSTRUCTIONS) == null;
    if (careful) {
      NativeEnvironment.set(INSTRUCTIONS, WITHOUT_BLOCKS);
    }
    Engine engine;
    boolean right;
    try {
      engine = loader.get();
      right = isRight(engine);
    } finally {
      if (careful) {
        // Other engines of this process may have a oneDNN that needs no care.
        NativeEnvironment.unset(INSTRUCTIONS);
      }
    }
    if (careful || !right) {
      // It wants to know the caches, too, and would complain of it at each call.
      switchOff(NNPACK_SWITCH);
    }
    if (!right) {
      switchOff(ONEDNN_SWITCH);
      requireRight(engine);
    }
    return engine;
  }

  private static boolean hidesCaches() {
    Path processor = Path.of("/sys/devices/system/cpu/cpu0");
    return Platform.isLinux()
        && Platform.isIntel()
        && Files.exists(processor)
        && Files.notExists(processor.resolve("cache/index0"));
  }

  /** Whether ones are summed up to as many as there are. */
  private static boolean isRight(Engine engine) {
    try (PtNDManager manager = (PtNDManager) engine.newBaseManager(Device.cpu())) {
      PtNDArray image = ones(manager, new Shape(2, CHANNELS, KERNEL, KERNEL + 1));
      PtNDArray weights = ones(manager, new Shape(CHANNELS, CHANNELS, KERNEL, KERNEL));
      PtNDArray sums =
          JniUtils.convolution(
              image, weights, null, new Shape(1, 1), WindowGeometry.NO_PADDING, new Shape(1, 1), 1);
      float[] values = ArrayStore.host(sums).toFloats();
      float[] expected = new float[values.length];
      Arrays.fill(expected, CHANNELS * KERNEL * KERNEL);
      return Arrays.equals(values, expected);
    }
  }

  private static PtNDArray ones(PtNDManager manager, Shape shape) {
    return (PtNDArray) manager.ones(shape);
  }

  private static void requireRight(Engine engine) {
    if (!isRight(engine)) {
      throw new ConfigurationException(
          "backend djl computes wrong convolutions on this machine: oneDNN, a part of PyTorch, does not know its processor; set the environment variable %s to %s, or take another backend"
              .formatted(INSTRUCTIONS, WITHOUT_BLOCKS));
    }
  }

  /**
   * What {@code torch.backends.mkldnn.enabled = False} does, and its like, which DJL has no words
   * for. Without effect where a compiler gives the functions other names.
   */
  private static void switchOff(String function) {
    Path library = Path.of(LibUtils.getLibtorchPath(), System.mapLibraryName("torch_cpu"));
    try {
      NativeLibrary torch = NativeLibrary.getInstance(library.toString());
      Pointer context = torch.getFunction("_ZN2at13globalContextEv").invokePointer(new Object[0]);
      torch.getFunction(function).invokeVoid(new Object[] {context, false});
    } catch (UnsatisfiedLinkError e) {
      return;
    }
  }
}
