package dev.trifocal.backend.djl;

import ai.djl.engine.EngineException;
import dev.trifocal.error.BackendException;
import dev.trifocal.error.EngineMemoryException;
import dev.trifocal.graph.Graph;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** PyTorch's failures, which are bugs unless memory has run out. */
final class EngineFailure {
  /** What PyTorch's allocators say on Linux, on Windows and on GPUs. */
  private static final List<String> OUT_OF_MEMORY =
      List.of("can't allocate memory", "not enough memory", "out of memory");

  private EngineFailure() {}

  /** Runs work on a graph in PyTorch. */
  static <T> T translated(Graph graph, Supplier<T> work) {
    try {
      return work.get();
    } catch (EngineException e) {
      throw of(graph, e);
    }
  }

  static RuntimeException of(Graph graph, EngineException e) {
    String text = String.valueOf(e.getMessage());
    if (OUT_OF_MEMORY.stream().anyMatch(text.toLowerCase(Locale.ROOT)::contains)) {
      return EngineMemoryException.of(
          graph.name(), "PyTorch: " + text.lines().findFirst().orElse("").strip(), e);
    }
    return new BackendException(graph.name() + ": PyTorch failed: " + text, e);
  }
}
