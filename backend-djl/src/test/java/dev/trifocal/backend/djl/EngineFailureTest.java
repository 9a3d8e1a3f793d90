package dev.trifocal.backend.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.EngineException;
import dev.trifocal.error.BackendException;
import dev.trifocal.error.EngineMemoryException;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.GraphBuilder;
import dev.trifocal.shape.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EngineFailureTest {
  private final Graph graph = graph();

  @Test
  void a_lack_of_memory_is_no_bug() {
    EngineException failure =
        new EngineException(
            "[enforce fail at alloc_cpu.cpp:119] err == 0. DefaultCPUAllocator: can't allocate"
                + " memory: you tried to allocate 411041792 bytes.\nframe #0: c10");
    assertThatThrownBy(
            () ->
                EngineFailure.translated(
                    graph,
                    () -> {
                      throw failure;
                    }))
        .isInstanceOf(EngineMemoryException.class)
        .hasMessage(
            "net: not enough memory; use a smaller batch size or smaller images, or raise the memory"
                + " limit of the process (PyTorch: [enforce fail at alloc_cpu.cpp:119] err == 0."
                + " DefaultCPUAllocator: can't allocate memory: you tried to allocate 411041792"
                + " bytes.)")
        .hasCause(failure);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CUDA out of memory. Tried to",
        "DefaultCPUAllocator: not enough memory: you tried to allocate 5 bytes.",
        "DefaultCPUAllocator: can't allocate memory"
      })
  void all_words_of_its_allocators_are_known(String message) {
    assertThat(EngineFailure.of(graph, new EngineException(message)))
        .isInstanceOfSatisfying(
            EngineMemoryException.class,
            failure -> assertThat(failure.reason()).isEqualTo("PyTorch: " + message));
  }

  @Test
  void anything_else_is_one() {
    assertThat(EngineFailure.of(graph, new EngineException("index out of range")))
        .isInstanceOf(BackendException.class)
        .hasMessage("net: PyTorch failed: index out of range");
  }

  private static Graph graph() {
    GraphBuilder builder = new GraphBuilder("net");
    return builder.output(Graph.OUTPUT, builder.input("input", Shape.of(1))).graph();
  }
}
