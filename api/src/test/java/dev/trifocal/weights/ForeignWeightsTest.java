package dev.trifocal.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.trifocal.error.FileException;
import dev.trifocal.tensor.Tensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ForeignWeightsTest {
  @TempDir private Path folder;

  static Stream<Arguments> starts() {
    return Stream.of(
        arguments("PK\u0003\u0004\u0014", "is a ZIP archive, not safetensors; in Python"),
        arguments("\u0080\u0002}q", "is a Python pickle, not safetensors; in Python"),
        arguments("\u0089HDF\r\n", "is an HDF5 file, as Keras writes it, not safetensors; export"),
        arguments("aaaaTFL3", "is a TensorFlow Lite file, not safetensors; convert"),
        arguments(
            "version https://git-lfs.github.com/spec/v1",
            "is a Git LFS pointer, not safetensors; fetch"),
        arguments("{\"metadata\": {}}", "is a JSON file, not safetensors; if it is the index"),
        arguments("<!DOCTYPE html>", "is a web page, not safetensors; download the file itself"));
  }

  @ParameterizedTest
  @MethodSource("starts")
  void what_is_there_instead_is_named(String start, String problem) throws IOException {
    Path file = folder.resolve("w.safetensors");
    Files.write(file, (start + " ".repeat(64)).getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> Safetensors.read(file))
        .isInstanceOf(FileException.class)
        .hasMessageStartingWith(file + " " + problem);
  }

  /** The length of a header is the first byte of a file. */
  @Test
  void headers_of_any_length_are_read() {
    for (int length = 1; length <= 200; length++) {
      Path file = folder.resolve(length + ".safetensors");
      Weights weights = new Weights(Map.of("a".repeat(length), Tensor.scalar(length)));
      Safetensors.write(file, weights, Map.of());
      assertThat(Safetensors.read(file).tensors()).hasSize(1);
    }
  }
}
