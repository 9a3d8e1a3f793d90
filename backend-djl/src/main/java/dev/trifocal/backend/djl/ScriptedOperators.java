package dev.trifocal.backend.djl;

import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** PyTorch's operators that DJL does not offer, called through TorchScript. */
final class ScriptedOperators implements AutoCloseable {
  /** PyTorch's codes of types, {@code c10::ScalarType}. */
  private static final int FLOAT32 = 6;

  private static final int BFLOAT16 = 15;

  private final PtNDManager manager;

  /** Read by all threads that run a program. */
  private final Map<TorchScript, PtSymbolBlock> loaded = new ConcurrentHashMap<>();

  ScriptedOperators(PtNDManager manager) {
    this.manager = manager;
  }

  /** Clips to a range; no gradient passes at its bounds or beyond. */
  PtNDArray hardTanh(PtNDArray x, double low, double high) {
    String expression = "torch.hardtanh(x, %s, %s)".formatted(literal(low), literal(high));
    return call(new TorchScript(expression), x);
  }

  /** Rounds to bfloat16, which DJL's own conversion does not know. */
  PtNDArray bfloat16(PtNDArray x) {
    return call(new TorchScript("torch.to(x, %d)".formatted(BFLOAT16)), x);
  }

  /** Converts to float32. */
  PtNDArray float32(PtNDArray x) {
    return call(new TorchScript("torch.to(x, %d)".formatted(FLOAT32)), x);
  }

  private static String literal(double value) {
    return Double.isInfinite(value)
        ? "float(\"%s\")".formatted(value > 0 ? "inf" : "-inf")
        : Double.toString(value);
  }

  private PtNDArray call(TorchScript script, PtNDArray x) {
    PtSymbolBlock block = loaded.computeIfAbsent(script, this::load);
    NDList result = IValueUtils.forward(block, new NDList(x), JniUtils.isGradMode());
    return (PtNDArray) result.singletonOrThrow();
  }

  private PtSymbolBlock load(TorchScript script) {
    try {
      return JniUtils.loadModule(manager, new ByteArrayInputStream(script.archive()), false, false);
    } catch (IOException e) {
      throw new UncheckedIOException("a stream in memory cannot fail", e);
    }
  }

  @Override
  public void close() {
    loaded.values().forEach(PtSymbolBlock::close);
    loaded.clear();
  }
}
