package dev.trifocal.onnx.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import dev.trifocal.error.FileException;
import dev.trifocal.error.TrifocalException;
import dev.trifocal.random.RandomStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BadFileTest {
  @TempDir private Path folder;

  @Test
  void a_file_that_is_not_there_is_named() {
    Path file = folder.resolve("model.onnx");
    assertThatThrownBy(() -> OnnxImporter.read(file, ImportOptions.DEFAULT))
        .isInstanceOf(FileException.class)
        .hasMessage(file + ": cannot be read: there is no such file");
  }

  @Test
  void a_folder_is_no_file() {
    assertThatThrownBy(() -> OnnxImporter.read(folder, ImportOptions.DEFAULT))
        .isInstanceOf(FileException.class)
        .hasMessage(folder + ": cannot be read: Is a directory");
  }

  @Test
  void an_empty_file_is_called_empty() {
    expect(new byte[0], " is empty");
  }

  @Test
  void a_truncated_file_is_refused_wherever_it_ends() {
    byte[] whole = TestModelBuilder.plain().node("Relu", "x", "y").model().build().toByteArray();
    expect(
        Arrays.copyOf(whole, whole.length - 3),
        " is truncated, damaged or not an ONNX model: While parsing a protocol message, the input ended unexpectedly in the middle of a field.");
    for (int length = 1; length < whole.length; length++) {
      Path file = file(Arrays.copyOf(whole, length));
      try {
        // Between two fields the format has no end: what is left may be a model without outputs.
        assertThat(OnnxImporter.read(file, ImportOptions.DEFAULT))
            .isInstanceOf(ImportFailure.class);
      } catch (TrifocalException e) {
        assertThat(e).hasMessageStartingWith(file.toString());
      }
    }
  }

  @Test
  void a_picture_is_not_a_model() {
    byte[] jpeg = {
      (byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xe0, 0, 16, 'J', 'F', 'I', 'F', 0
    };
    expect(
        jpeg,
        " is truncated, damaged or not an ONNX model: Protocol message tag had invalid wire type.");
  }

  @Test
  void a_text_is_not_a_model() {
    expect(
        "Dear reader, this is no model.\n".getBytes(StandardCharsets.UTF_8),
        " is truncated, damaged or not an ONNX model: Protocol message end-group tag did not match expected tag.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "version https://git-lfs.github.com/spec/v1 | a Git LFS pointer, not an ONNX model; fetch it with git lfs pull, or download it again",
        "<!DOCTYPE html><html> | a web page, not an ONNX model; download the file itself",
        "'\u001f\u008b' | a file compressed with gzip, not an ONNX model; unpack it",
        "PK\u0003\u0004xx | a ZIP archive, not an ONNX model; unpack it, or export it if it is from PyTorch or Keras",
        "\u0080\u0002}q | a Python pickle, not an ONNX model; export it with torch.onnx.export"
      })
  void what_is_there_instead_is_named(String start, String what) {
    expect(start.getBytes(StandardCharsets.ISO_8859_1), " is " + what);
  }

  @Test
  void random_bytes_are_not_a_model() {
    for (int seed = 0; seed < 200; seed++) {
      RandomStream stream = RandomStream.of(seed);
      byte[] bytes = new byte[1 + seed * 7];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) stream.bits(i);
      }
      Path file = file(bytes);
      assertThatThrownBy(() -> OnnxImporter.read(file, ImportOptions.DEFAULT))
          .isInstanceOf(FileException.class)
          .hasMessageStartingWith(file.toString());
    }
  }

  @Test
  void a_model_without_nodes_is_none() {
    expect(
        TestModelBuilder.plain().model().build().toByteArray(),
        " is not an ONNX model: it has no nodes");
    expect(
        TestModelBuilder.empty().model().clearGraph().build().toByteArray(),
        " is not an ONNX model: it has no nodes");
  }

  @Test
  void graphs_within_graphs_do_not_exhaust_the_stack() {
    GraphProto inner =
        GraphProto.newBuilder().addNode(TestModelBuilder.made("Relu", "x", "y")).build();
    for (int i = 0; i < 200; i++) {
      AttributeProto body = TestModelBuilder.graph("body", inner);
      inner =
          GraphProto.newBuilder().addNode(TestModelBuilder.made("Loop", "x", "y", body)).build();
    }
    TestModelBuilder sketch = TestModelBuilder.plain();
    sketch.graph().addAllNode(inner.getNodeList());
    expect(
        sketch.model().build().toByteArray(),
        " is truncated, damaged or not an ONNX model: messages are nested more than 100 levels deep");
  }

  @Test
  void unknown_groups_within_groups_do_not_exhaust_the_stack() {
    byte[] groups = new byte[1_000_000];
    Arrays.fill(groups, (byte) (100 << 3 & 0x7f | 3));
    expect(
        groups,
        " is truncated, damaged or not an ONNX model: messages are nested more than 100 levels deep");
  }

  private void expect(byte[] bytes, String message) {
    Path file = file(bytes);
    assertThatThrownBy(() -> OnnxImporter.read(file, ImportOptions.DEFAULT))
        .isInstanceOf(FileException.class)
        .hasMessage(file + message);
  }

  private Path file(byte... bytes) {
    try {
      return Files.write(folder.resolve("model.onnx"), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
