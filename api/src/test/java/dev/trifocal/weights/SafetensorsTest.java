package dev.trifocal.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trifocal.error.FileException;
import dev.trifocal.error.WeightsException;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.DataType;
import dev.trifocal.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {
  @TempDir Path folder;

  static Weights everyType() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("mask", Tensor.make(Shape.of(3), DataType.UINT8, b -> b.put(2, (byte) 200)));
    tensors.put("fc.weight", Tensor.of(Shape.of(2, 3), 1f, -0f, Float.NaN, 1e-40f, 5, 6));
    tensors.put("scale", Tensor.scalar(7));
    tensors.put("ids", Tensor.of(Shape.of(2), Long.MIN_VALUE, 3));
    tensors.put("count", Tensor.make(Shape.of(1), DataType.INT32, b -> b.putInt(0, -5)));
    tensors.put("größe", Tensor.make(Shape.of(1, 2), DataType.FLOAT64, b -> b.putDouble(8, 0.1)));
    return new Weights(tensors);
  }

  @Test
  void shapes_are_read_without_the_tensors() {
    Path file = folder.resolve("w.safetensors");
    Tensor matrix = Tensor.of(Shape.of(2, 3), new float[6]);
    Safetensors.write(file, new Weights(Map.of("a", matrix, "b", Tensor.scalar(1))), Map.of());
    assertThat(Safetensors.shapes(file))
        .containsOnly(Map.entry("a", Shape.of(2, 3)), Map.entry("b", Shape.of()));
  }

  @Test
  void every_type_comes_back_bit_for_bit_and_in_order() {
    Path file = folder.resolve("w.safetensors");
    Safetensors.write(file, everyType(), Map.of("step", "12"));
    Weights read = Safetensors.read(file);
    assertThat(read).isEqualTo(everyType());
    assertThat(read.tensors().keySet()).containsExactlyElementsOf(everyType().tensors().keySet());
  }

  @Test
  void no_weights_at_all_come_back_as_none() {
    Path file = folder.resolve("none.safetensors");
    Safetensors.write(file, Weights.NONE, Map.of());
    assertThat(file).hasSize(16);
    assertThat(Safetensors.read(file)).isEqualTo(Weights.NONE);
  }

  @Test
  void the_bytes_are_those_of_the_format() throws IOException {
    Path file = folder.resolve("w.safetensors");
    Safetensors.write(file, everyType(), Map.of("step", "12"));
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    int length = Math.toIntExact(bytes.getLong(0));
    assertThat(length % 8).isZero();
    JsonNode header =
        new ObjectMapper().readTree(new String(bytes.array(), 8, length, StandardCharsets.UTF_8));
    assertThat(header.at("/__metadata__/step").asText()).isEqualTo("12");
    assertThat(header.get("fc.weight"))
        .hasToString("{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[32,56]}");
    assertThat(bytes.getFloat(8 + length + 32)).isEqualTo(1f);
    header
        .properties()
        .forEach(
            entry -> {
              int size = entry.getValue().path("dtype").asText().endsWith("64") ? 8 : 1;
              assertThat(entry.getValue().at("/data_offsets/0").asInt(0) % size).isZero();
            });
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "[1]                                                            | no JSON object",
        "{'a':1}                                                        | 'a' needs dtype, shape",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4],'x':1}}   | nothing else",
        "{'a':{'dtype':16,'shape':[2],'data_offsets':[0,4]}}            | a dtype that is no text",
        "{'a':{'dtype':'F16','shape':[1],'data_offsets':[0,4]}}         | 2 bytes, but has 4",
        "{'a':{'dtype':'F32','shape':1,'data_offsets':[0,4]}}           | shape that is no list",
        "{'a':{'dtype':'F32','shape':[1.0],'data_offsets':[0,4]}}       | shape that holds 1.0",
        "{'a':{'dtype':'F32','shape':[0],'data_offsets':[0,0]}}         | a shape with size 0",
        "{'a':{'dtype':'F32','shape':[-1],'data_offsets':[0,4]}}        | a shape with size -1",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0]}}           | no range",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[4,0]}}         | no range",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[-4,0]}}        | no range",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,8]}}         | 4 bytes, but has 8",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,1e99]}}      | holds 1.0E",
        "{'a':{'dtype':'U8','shape':[65536,65536],'data_offsets':[0,4]}}| 2 GiB or more",
        "{'a':{'dtype':'F32','shape':[2000000000,2000000000,2000000000],'data_offsets':[0,4]}}"
            + "| too many elements",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[1,5]}}         | leave a hole at 'a'",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]},"
            + "'b':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}}    | overlap at 'b'",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]},"
            + "'a':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}}    | Duplicate field 'a'",
        "{}                                                             | take 0 bytes, but it holds 4",
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}}         | take 8 bytes, but it holds 4",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}}x        | no JSON",
        "{'__metadata__':{'a':1}}                                       | names to texts",
        "{'__metadata__':'a'}                                           | names to texts",
      })
  void a_bad_header_is_refused(String header, String problem) throws IOException {
    Path file = file(header.replace('\'', '"'), 4);
    assertThatThrownBy(() -> Safetensors.read(file))
        .isInstanceOf(FileException.class)
        .hasMessageStartingWith(file + ": is no whole safetensors file: ")
        .hasMessageContaining(problem)
        .hasMessageEndingWith("Copy or download it again, or restore a backup");
  }

  @Test
  void a_type_that_is_not_read_is_named_and_the_file_not_called_damaged() throws IOException {
    Path file = file("{\"a\":{\"dtype\":\"F8_E4M3\",\"shape\":[4],\"data_offsets\":[0,4]}}", 4);
    assertThatThrownBy(() -> Safetensors.read(file))
        .isInstanceOf(FileException.class)
        .hasMessage(
            file
                + ": tensor 'a' has type F8_E4M3, which is not read; convert it to F32 (F64, F16,"
                + " BF16, I32, I64 and U8 are read too)");
  }

  /** The bits and the values are those of NumPy's float16 and of PyTorch's bfloat16. */
  @ParameterizedTest
  @CsvSource({
    "F16, 3C00, 1",
    "F16, C000, -2",
    "F16, 3555, 0.333251953125",
    "F16, 7BFF, 65504",
    "F16, 0400, 6.103515625E-5",
    "F16, 03FF, 6.097555160522461E-5",
    "F16, 0001, 5.960464477539063E-8",
    "F16, 8001, -5.960464477539063E-8",
    "F16, 0000, 0",
    "F16, 8000, -0",
    "F16, 7C00, Infinity",
    "F16, FC00, -Infinity",
    "F16, 7E00, NaN",
    "BF16, 3F80, 1",
    "BF16, C000, -2",
    "BF16, 3EAB, 0.333984375",
    "BF16, 7F7F, 3.3895313892515355E38",
    "BF16, 0001, 9.183549615799121E-41",
    "BF16, 8000, -0",
    "BF16, FF80, -Infinity",
    "BF16, 7FC0, NaN"
  })
  void numbers_of_16_bits_are_widened(String type, String bits, float value) throws IOException {
    String header =
        "{\"a\":{\"dtype\":\"%s\",\"shape\":[2],\"data_offsets\":[0,4]}}".formatted(type);
    Path file = file(header, 4);
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer.wrap(bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putShort(bytes.length - 2, (short) Integer.parseInt(bits, 16));
    Files.write(file, bytes);

    Tensor read = Safetensors.read(file).tensor("a");

    assertThat(read.type()).isEqualTo(DataType.FLOAT32);
    assertThat(read.toFloats()).containsExactly(0, value);
  }

  @ParameterizedTest
  @CsvSource({"-1", "1", "9223372036854775807", "1000000000", "100"})
  void an_absurd_header_length_is_refused(long length) throws IOException {
    Path file = folder.resolve("w.safetensors");
    Files.write(
        file, ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN).putLong(0, length).array());
    assertThatThrownBy(() -> Safetensors.read(file))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("header");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "504B0304 1400000808000000 | ZIP archive | safetensors.torch.save_file",
        "80028A0A6CFC9C46F9206AA850192E80 | Python pickle | safetensors.torch.save_file",
        "894844460D0A1A0A0000000000080800 | HDF5 file, as Keras writes it | model.export",
        "1C00000054464C33140020001C00 | TensorFlow Lite file | tf2onnx.convert --tflite",
        "76657273696F6E2068747470733A2F2F6769742D6C66732E6769746875622E636F6D | Git LFS pointer | git lfs pull",
      })
  void weights_of_another_format_are_named_with_the_way_to_safetensors(
      String bytes, String format, String advice) throws IOException {
    Path file = folder.resolve("w.safetensors");
    Files.write(file, HexFormat.of().parseHex(bytes.replace(" ", "")));
    assertThatThrownBy(() -> Safetensors.read(file))
        .isInstanceOf(FileException.class)
        .hasMessageStartingWith(file + " is a")
        .hasMessageContaining(format)
        .hasMessageContaining(advice);
  }

  /** A header of 128 bytes begins with the byte of a pickle. */
  @Test
  void a_header_whose_length_looks_like_a_pickle_is_read() throws IOException {
    String header = "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}";
    Path file = file(header + " ".repeat(128 - header.length()), 4);
    assertThat(Files.readAllBytes(file)[0]).isEqualTo((byte) 0x80);
    assertThat(Safetensors.read(file).tensors()).containsOnlyKeys("a");
  }

  @Test
  void a_missing_file_is_said() {
    Path file = folder.resolve("none.safetensors");
    assertThatThrownBy(() -> Safetensors.read(file))
        .isInstanceOf(FileException.class)
        .hasMessage(file + ": cannot be read: there is no such file");
  }

  @Test
  void a_folder_is_no_file() {
    assertThatThrownBy(() -> Safetensors.read(folder)).isInstanceOf(FileException.class);
  }

  @Test
  void no_weight_may_be_called_as_the_metadata_is() {
    Weights weights = new Weights(Map.of("__metadata__", Tensor.scalar(1)));
    Path file = folder.resolve("w.safetensors");
    assertThatThrownBy(() -> Safetensors.write(file, weights, Map.of()))
        .isInstanceOf(WeightsException.class);
    assertThat(file).doesNotExist();
  }

  private Path file(String header, int dataBytes) throws IOException {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes =
        ByteBuffer.allocate(8 + json.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(json.length).put(json);
    return Files.write(folder.resolve("w.safetensors"), bytes.array());
  }
}
