package dev.trifocal.onnx.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.trifocal.error.FileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExternalDataTest {
  @TempDir private Path outer;
  private Path folder;
  private Path file;

  @BeforeEach
  void data_beside_the_model() throws IOException {
    folder = Files.createDirectory(outer.resolve("models")).toRealPath();
    file = folder.resolve("model.onnx");
    byte[] bytes = new byte[20];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putFloat(8, 3).putFloat(12, 7);
    Files.write(folder.resolve("weights.bin"), bytes);
    Files.write(outer.resolve("secret.bin"), bytes);
    Files.createDirectory(folder.resolve("inner"));
    Files.write(folder.resolve("inner/weights.bin"), bytes);
  }

  @Test
  void numbers_are_read_from_their_place() {
    for (String place : new String[] {"weights.bin", "inner/weights.bin", "inner/../weights.bin"}) {
      ImportedGraph read =
          (ImportedGraph) read(Map.of("location", place, "offset", "8", "length", "8"));
      assertThat(read.weights().tensors().values().iterator().next().toFloats())
          .containsExactly(3, 7);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../secret.bin",
        "inner/../../secret.bin",
        "/etc/passwd",
        "",
        ".",
        "..",
        "inner",
        "link.bin",
        "linked/secret.bin",
        "a\0b"
      })
  void places_outside_of_the_folder_are_refused(String place) throws IOException {
    Files.createSymbolicLink(folder.resolve("link.bin"), outer.resolve("secret.bin"));
    Files.createSymbolicLink(folder.resolve("linked"), outer);
    refused(
        Map.of("location", place),
        "tensor 'w' is stored in '%s', which is not a file in the model's folder"
            .formatted(place.replace('\0', '?')));
  }

  @Test
  void links_of_a_cache_of_blobs_are_followed() throws IOException {
    Path cache = Files.createDirectories(outer.resolve("hub"));
    Path snapshot = Files.createDirectories(cache.resolve("snapshots/a1/onnx"));
    Files.createDirectory(cache.resolve("blobs"));
    Files.move(folder.resolve("weights.bin"), cache.resolve("blobs/b2"));
    Files.createSymbolicLink(snapshot.resolve("weights.bin"), Path.of("../../../blobs/b2"));
    file = snapshot.resolve("model.onnx");
    Map<String, String> place = Map.of("location", "weights.bin", "offset", "8");

    Files.createFile(file);
    assertThat(read(place)).as("a model that is no link").isInstanceOf(ImportedGraph.class);

    Files.move(file, cache.resolve("blobs/b1"));
    Files.createSymbolicLink(file, Path.of("../../../blobs/b1"));
    assertThat(read(place)).as("a model that is a link").isInstanceOf(ImportedGraph.class);

    Files.createSymbolicLink(snapshot.resolve("link.bin"), outer.resolve("secret.bin"));
    refused(
        Map.of("location", "link.bin"),
        "tensor 'w' is stored in 'link.bin', which is not a file in the model's folder");
  }

  @Test
  void data_beside_the_file_to_which_a_model_s_link_leads_are_its_own() throws IOException {
    Files.createFile(file);
    Path link = Files.createDirectory(outer.resolve("links")).resolve("current.onnx");
    Files.createSymbolicLink(link, file);
    file = link;
    assertThat(read(Map.of("location", "weights.bin", "offset", "8")))
        .isInstanceOf(ImportedGraph.class);
    refused(
        Map.of("location", "../secret.bin"),
        "tensor 'w' is stored in '../secret.bin', which is not a file in the model's folder");
  }

  @Test
  void a_missing_file_is_named_with_its_tensor() {
    refused(
        Map.of("location", "gone.bin"),
        "the data of tensor 'w': %s: cannot be read: there is no such file"
            .formatted(folder.resolve("gone.bin")));
  }

  @Test
  void a_place_beyond_the_end_is_refused() {
    String data = folder.resolve("weights.bin").toString();
    refused(
        Map.of("location", "weights.bin", "offset", "16"),
        "tensor 'w' needs 8 bytes, but refers to 8 at offset 16 of %s, which has 20"
            .formatted(data));
    refused(
        Map.of("location", "weights.bin", "offset", "-1"),
        "tensor 'w' needs 8 bytes, but refers to 8 at offset -1 of %s, which has 20"
            .formatted(data));
    refused(
        Map.of("location", "weights.bin", "offset", "9223372036854775807"),
        "tensor 'w' needs 8 bytes, but refers to 8 at offset 9,223,372,036,854,775,807 of %s, which has 20"
            .formatted(data));
    refused(
        Map.of("location", "weights.bin", "length", "12"),
        "tensor 'w' needs 8 bytes, but refers to 12 at offset 0 of %s, which has 20"
            .formatted(data));
    refused(
        Map.of("location", "weights.bin", "offset", "many"),
        "tensor 'w' has external data with offset 'many', which is not a number");
  }

  @Test
  void bytes_can_be_shared_but_not_without_end() {
    TestModelBuilder few = sketch(Map.of("location", "weights.bin"));
    few.initializer(tensor(Map.of("location", "weights.bin")).setName("v").build());
    assertThat(OnnxImporter.read(file, few.model().build(), ImportOptions.DEFAULT))
        .isInstanceOf(ImportedGraph.class);
    for (int i = 0; i < 100; i++) {
      few.initializer(tensor(Map.of("location", "weights.bin")).setName("v" + i).build());
    }
    assertThatThrownBy(() -> OnnxImporter.read(file, few.model().build(), ImportOptions.DEFAULT))
        .isInstanceOf(FileException.class)
        .hasMessage(
            "%s: tensor 'v8' and the tensors before it refer to the same bytes of %s too often"
                .formatted(file, folder.resolve("weights.bin")));
  }

  private void refused(Map<String, String> entries, String message) {
    assertThatThrownBy(() -> read(entries))
        .isInstanceOf(FileException.class)
        .hasMessage(file + ": " + message);
  }

  private ImportResult read(Map<String, String> entries) {
    return OnnxImporter.read(file, sketch(entries).model().build(), ImportOptions.DEFAULT);
  }

  private static TestModelBuilder sketch(Map<String, String> entries) {
    return TestModelBuilder.empty()
        .input("x", 0, 1)
        .output("y")
        .initializer(tensor(entries).build())
        .node("MatMul", "x w", "y");
  }

  private static TensorProto.Builder tensor(Map<String, String> entries) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName("w")
            .setDataType(DataType.FLOAT_VALUE)
            .addDims(1)
            .addDims(2)
            .setDataLocation(TensorProto.DataLocation.EXTERNAL);
    entries.forEach((key, value) -> tensor.addExternalDataBuilder().setKey(key).setValue(value));
    return tensor;
  }
}
