package dev.trifocal.backend.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.error.ConfigurationException;
import org.junit.jupiter.api.Test;

class NativeLibraryLoadingTest {
  private static final NativeLibraryLoading START = new NativeLibraryLoading("Linux riscv64");

  @Test
  void what_the_runtime_gives_is_passed_on() {
    assertThat(START.of(() -> "environment")).isEqualTo("environment");
  }

  @Test
  void a_recursion_for_each_character_of_a_long_command_line_has_room() {
    int characters = 200_000;
    assertThat(START.of(() -> depth(characters))).isEqualTo(characters);
  }

  private static int depth(int below) {
    return below == 0 ? 0 : 1 + depth(below - 1);
  }

  @Test
  void without_a_native_library_the_message_says_which_artifact_has_them() {
    assertThatThrownBy(
            () ->
                START.of(
                    () -> {
                      throw new ExceptionInInitializerError(
                          new UnsatisfiedLinkError("no onnxruntime in java.library.path"));
                    }))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "backend onnx: no native library of ONNX Runtime for Linux riscv64 found; add"
                + " com.microsoft.onnxruntime:onnxruntime, which supports Linux (x86-64,"
                + " arm64), macOS (arm64) and Windows (x86-64); the JVM says: no onnxruntime in"
                + " java.library.path");
  }
}
