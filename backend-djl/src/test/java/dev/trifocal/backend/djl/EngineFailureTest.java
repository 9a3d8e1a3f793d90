package dev.trifocal.backend.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.EngineException;
import dev.trifocal.error.BackendException;
import dev.trifocal.error.TrifocalException;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.GraphBuilder;
import dev.trifocal.shape.Shape;
import org.junit.jupiter.api.Test;

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
        .isInstanceOf(TrifocalException.class)
        .hasMessageStartingWith("net: not enough memory for PyTorch; use a smaller batch size")
        .hasMessageContaining("411041792 bytes")
        .hasMessageNotContaining("frame");
    assertThat(EngineFailure.of(graph, new EngineException("CUDA out of memory. Tried to")))
        .isInstanceOf(TrifocalException.class);
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
