package dev.trifocal.backend.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import dev.trifocal.error.BackendException;
import dev.trifocal.error.EngineMemoryException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OnnxFailureTest {
  @Test
  void aLackOfMemoryIsNoBug() {
    OrtException failure =
        new OrtException(
            "Error code - ORT_RUNTIME_EXCEPTION - message: Non-zero status code returned while"
                + " running Conv node. Name:'conv1/Conv' Status Message:"
                + " /onnxruntime_src/onnxruntime/core/framework/bfc_arena.cc:359 void*"
                + " onnxruntime::BFCArena::AllocateRawInternal(size_t, bool, onnxruntime::Stream*)"
                + " Failed to allocate memory for requested buffer of size 5\n");
    RuntimeException translated = OnnxSessions.failure("lenet5: step", failure);
    String reason =
        "node 'conv1/Conv' (Conv): Failed to allocate memory for requested buffer of size 5";
    assertThat(translated)
        .isInstanceOf(EngineMemoryException.class)
        .hasMessage(
            "lenet5: step: not enough memory; use a smaller batch size or smaller images, or raise"
                + " the memory limit of the process (%s)",
            reason)
        .hasCause(failure);
    assertThat(((EngineMemoryException) translated).reason()).isEqualTo(reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Failed to allocate memory for requested buffer of size 5",
        "Error code - ORT_FAIL - message: std::bad_alloc",
        "Exception during initialization: bad allocation"
      })
  void allWordsOfItsAllocatorsAreKnown(String message) {
    assertThat(OnnxSessions.failure("net", new OrtException(message)))
        .isInstanceOf(EngineMemoryException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"No such operator", "buffer of size 5 is too small", ""})
  void anythingElseIsOne(String message) {
    OrtException failure = new OrtException(message);
    assertThat(OnnxSessions.failure("net", failure))
        .isInstanceOf(BackendException.class)
        .hasMessage("net: " + message)
        .hasCause(failure);
  }
}
