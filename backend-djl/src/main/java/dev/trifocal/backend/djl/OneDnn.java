package dev.trifocal.backend.djl;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.pytorch.jni.LibUtils;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import dev.trifocal.error.ConfigurationException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * oneDNN, which PyTorch leaves convolutions to. Where the processor hides the sizes of its caches,
 * as in some virtual machines, oneDNN 3.7 takes them for 0 and fills blocks of weights with zeros;
 * so it has to prove that it computes, or PyTorch does without it.
 */
interface OneDnn {
  /** One more than a block, so that there is a block that is not full. */
  int CHANNELS = 17;

  int KERNEL = 3;

  /**
   * Of {@code at::Context}: {@code setUserEnabledMkldnn(bool)}, {@code setUserEnabledNNPACK(bool)}.
   */
  List<String> SWITCHES =
      List.of("_ZN2at7Context20setUserEnabledMkldnnEb", "_ZN2at7Context20setUserEnabledNNPACKEb");

  /**
   * To be called once the engine is loaded.
   *
   * @throws ConfigurationException if convolutions are wrong and oneDNN cannot be left out
   */
  static void requireRight(Engine engine) {
    if (isRight(engine)) {
      return;
    }
    leaveOut();
    if (!isRight(engine)) {
      throw wrong(null);
    }
  }

  /** Whether ones are summed up to as many as there are. */
  private static boolean isRight(Engine engine) {
    try (PtNDManager manager = (PtNDManager) engine.newBaseManager(Device.cpu())) {
      PtNDArray image = ones(manager, new Shape(2, CHANNELS, KERNEL, KERNEL + 1));
      PtNDArray weights = ones(manager, new Shape(CHANNELS, CHANNELS, KERNEL, KERNEL));
      PtNDArray sums =
          JniUtils.convolution(
              image, weights, null, new Shape(1, 1), Geometry.NO_PADDING, new Shape(1, 1), 1);
      float[] values = ArrayStore.host(sums).toFloats();
      float[] expected = new float[values.length];
      Arrays.fill(expected, CHANNELS * KERNEL * KERNEL);
      return Arrays.equals(values, expected);
    }
  }

  private static PtNDArray ones(PtNDManager manager, Shape shape) {
    return (PtNDArray) manager.ones(shape);
  }

  /**
   * {@code torch.backends.mkldnn.enabled = False}, which DJL has no word for; and the same for
   * NNPACK, which would be asked next and warns each time that it does not know the processor.
   */
  private static void leaveOut() {
    Path library = Path.of(LibUtils.getLibtorchPath(), System.mapLibraryName("torch_cpu"));
    try {
      NativeLibrary torch = NativeLibrary.getInstance(library.toString());
      Pointer context = torch.getFunction("_ZN2at13globalContextEv").invokePointer(new Object[0]);
      for (String name : SWITCHES) {
        torch.getFunction(name).invokeVoid(new Object[] {context, false});
      }
    } catch (UnsatisfiedLinkError e) {
      throw wrong(e);
    }
  }

  private static ConfigurationException wrong(UnsatisfiedLinkError cause) {
    return new ConfigurationException(
        "backend djl computes wrong convolutions on this machine: oneDNN, a part of PyTorch, does not know its processor; set the environment variable ONEDNN_MAX_CPU_ISA to SSE41, or take another backend",
        cause);
  }
}
