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
 * Works around a defect of oneDNN, which PyTorch uses for convolutions. If the processor hides the
 * sizes of its caches, as in some virtual machines, oneDNN 3.7 takes them for 0 and zero-fills
 * blocks of weights. On such machines blocked layouts are disabled, and a test convolution decides
 * whether PyTorch can use oneDNN.
 */
final class OneDnn {
  /** The variable that limits oneDNN's instruction sets; read at its first use. */
  static final String INSTRUCTIONS = "ONEDNN_MAX_CPU_ISA";

  /** An instruction set without blocked weights. */
  static final String WITHOUT_BLOCKS = "SSE41";

  /** One more than the block size, so that one block is incomplete. */
  static final int CHANNELS = 17;

  static final int KERNEL = 3;

  /** {@code at::Context::setUserEnabledMkldnn(bool)}. */
  static final String ONEDNN_SWITCH = "_ZN2at7Context20setUserEnabledMkldnnEb";

  /** {@code at::Context::setUserEnabledNNPACK(bool)}. */
  static final String NNPACK_SWITCH = "_ZN2at7Context20setUserEnabledNNPACKEb";

  private OneDnn() {}

  /**
   * Loads the engine and makes sure that its convolutions are correct.
   *
   * @throws ConfigurationException if convolutions are wrong and oneDNN cannot be disabled
   */
  static Engine checked(Supplier<Engine> loader) {
    boolean careful = isLimited();
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
        // Other engines of this process may use a oneDNN without the defect.
        NativeEnvironment.unset(INSTRUCTIONS);
      }
    }
    if (careful || !right) {
      // NNPACK depends on the cache sizes too, and would print a warning on each call.
      switchOff(NNPACK_SWITCH);
    }
    if (!right) {
      switchOff(ONEDNN_SWITCH);
      requireRight(engine);
    }
    return engine;
  }

  /** Returns whether blocked layouts are disabled, and with them all newer instructions. */
  static boolean isLimited() {
    return hidesCaches() && Utils.getEnvOrSystemProperty(INSTRUCTIONS) == null;
  }

  private static boolean hidesCaches() {
    Path processor = Path.of("/sys/devices/system/cpu/cpu0");
    return Platform.isLinux()
        && Platform.isIntel()
        && Files.exists(processor)
        && Files.notExists(processor.resolve("cache/index0"));
  }

  /** Returns whether a convolution of ones yields the number of summands. */
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
          "backend djl computes wrong convolutions on this machine, because PyTorch's oneDNN does not recognise the processor; set the environment variable %s to %s, or choose another backend"
              .formatted(INSTRUCTIONS, WITHOUT_BLOCKS));
    }
  }

  /**
   * Calls a switch such as the one behind {@code torch.backends.mkldnn.enabled = False}, which DJL
   * does not offer. Has no effect if the compiler mangles names differently.
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
