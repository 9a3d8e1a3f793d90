package dev.trifocal.backend.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.error.ConfigurationException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.logging.Filter;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.logging.StreamHandler;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeLibraryLoadingTest {
  private static final NativeLibraryLoading START =
      new NativeLibraryLoading("Linux riscv64", Path.of(System.getProperty("java.io.tmpdir")));

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

  @Test
  void a_folder_that_does_not_exist_is_named(@TempDir Path folder) {
    Path missing = folder.resolve("missing");
    assertThatThrownBy(
            () ->
                new NativeLibraryLoading("Linux riscv64", missing)
                    .of(
                        () -> {
                          throw new UnsatisfiedLinkError(missing + "/onnxruntime-java1");
                        }))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "backend onnx cannot unpack and load its native libraries: %s does not exist; choose another folder with -Djava.io.tmpdir=DIR (command line: TRIFOCAL_JAVA_OPTS=-Djava.io.tmpdir=DIR)"
                .formatted(missing));
  }

  @Test
  void a_library_that_cannot_be_unpacked_is_not_reported_as_missing() {
    assertThatThrownBy(
            () ->
                START.of(
                    () -> {
                      Logger.getLogger("ai.onnxruntime.OnnxRuntime")
                          .log(
                              Level.WARNING,
                              "Failed to extract library 'onnxruntime' from the resources",
                              new IOException("File too large"));
                      throw new UnsatisfiedLinkError("no onnxruntime in java.library.path");
                    }))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "backend onnx cannot unpack its native libraries to %s: File too large; check the disk and the limits of the process"
                .formatted(System.getProperty("java.io.tmpdir")))
        .hasCauseInstanceOf(IOException.class);
  }

  @Test
  void first_uses_at_the_same_time_leave_the_log_as_it_was() {
    Logger log = Logger.getLogger("ai.onnxruntime.OnnxRuntime");
    Filter before = log.getFilter();
    IntStream.range(0, 400).parallel().forEach(i -> START.of(() -> i));
    assertThat(log.getFilter()).isEqualTo(before);
  }

  @Test
  void what_the_runtime_logs_on_the_way_is_not_printed() {
    Logger log = Logger.getLogger("ai.onnxruntime.OnnxRuntime");
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    StreamHandler handler = new StreamHandler(printed, new SimpleFormatter());
    log.addHandler(handler);
    try {
      START.of(
          () -> {
            log.log(Level.WARNING, "Failed to extract", new IOException("no space"));
            return "environment";
          });
      log.warning("later");
    } finally {
      handler.close();
      log.removeHandler(handler);
    }
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains("later")
        .doesNotContain("Failed to extract");
  }
}
