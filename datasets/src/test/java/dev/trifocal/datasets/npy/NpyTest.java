package dev.trifocal.datasets.npy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.error.FileException;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.DataType;
import dev.trifocal.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "little_i1, INT32", "little_i2, INT32", "little_i4, INT32", "little_i8, INT64",
    "little_u1, UINT8", "little_u2, INT32", "little_u4, INT64", "little_u8, INT64",
    "little_f4, FLOAT32", "little_f8, FLOAT64", "big_i2, INT32", "big_i4, INT32",
    "big_i8, INT64", "big_u2, INT32", "big_u4, INT64", "big_u8, INT64",
    "big_f4, FLOAT32", "big_f8, FLOAT64", "version2, FLOAT32", "version3, FLOAT32"
  })
  void reads_what_numpy_wrote(String name, DataType type) throws IOException {
    Tensor tensor = Npy.read(golden(name));

    assertThat(tensor.type()).isEqualTo(type);
    assertThat(tensor.shape()).isEqualTo(Shape.of(2, 3));
    assertThat(values(tensor)).containsExactly(0, 1, 2, 100, 101, 102);
  }

  @Test
  void reads_bool_as_bytes_of_zero_and_one() throws IOException {
    assertThat(values(Npy.read(golden("bool")))).containsExactly(0, 1, 0, 0, 1, 0);
  }

  @Test
  void widens_half_precision() throws IOException {
    ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(golden("half")));
    file.order(ByteOrder.LITTLE_ENDIAN);
    int start = 10 + file.getShort(8);
    int count = (file.capacity() - start) / 2;
    short[] bits = {0x3C00, (short) 0xC248, 1, 0x7BFF, (short) 0xFC00};
    float[] expected = {1, -3.140625f, 0x1p-24f, 65504, Float.NEGATIVE_INFINITY};
    for (int i = 0; i < count; i++) {
      file.putShort(start + 2 * i, bits[i % bits.length]);
    }
    Path half = Files.write(folder.resolve("half.npy"), file.array());
    float[] read = Npy.read(half).toFloats();
    assertThat(read).hasSize(count);
    for (int i = 0; i < count; i++) {
      assertThat(read[i]).isEqualTo(expected[i % bits.length]);
    }
  }

  @Test
  void keeps_signs() throws IOException {
    assertThat(values(Npy.read(golden("negative"))))
        .containsExactly(-1, Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  @Test
  void reads_an_array_without_axes() throws IOException {
    assertThat(Npy.read(golden("scalar"))).isEqualTo(Tensor.scalar(7.5f));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "large_u8|uint64 value 9223372036854775808 exceeds int64",
        "fortran|is in Fortran order; save it in C order: numpy.save(file,"
            + " numpy.ascontiguousarray(x))",
        "empty|is empty; its shape is [0, 3]",
        "complex|has elements of NumPy type '<c8'; bool, int8 to int64, uint8 to uint64 and"
            + " float16 to float64 are supported (numpy: x.astype(...))",
        "record|has structured elements; save each field as a separate file"
      })
  void says_what_it_does_not_read(String name, String reason) throws IOException {
    Path file = golden(name);

    assertThatThrownBy(() -> Npy.read(file))
        .isInstanceOf(FileException.class)
        .hasMessage(file + ": " + reason);
  }

  @ParameterizedTest
  @EnumSource(DataType.class)
  void what_is_written_is_read_back(DataType type) {
    Tensor tensor =
        Tensor.make(
            Shape.of(2, 1, 3),
            type,
            bytes -> IntStream.range(0, bytes.capacity()).forEach(i -> bytes.put((byte) (7 * i))));
    Path file = folder.resolve("x.npy");

    Npy.write(file, tensor);

    assertThat(Npy.read(file)).isEqualTo(tensor);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"little_i4", "little_i8", "little_u1", "little_f4", "little_f8", "scalar"})
  void writes_the_bytes_that_numpy_writes(String name) throws IOException {
    Path golden = golden(name);
    Path file = folder.resolve("x.npy");

    Npy.write(file, Npy.read(golden));

    assertThat(file).hasSameBinaryContentAs(golden);
  }

  @Test
  void an_array_with_one_axis_has_a_tuple_of_one_in_its_header() throws IOException {
    Path file = folder.resolve("x.npy");

    Npy.write(file, Tensor.of(Shape.of(3), 1L, 2L, 3L));

    assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).contains("'shape': (3,), }");
  }

  @Test
  void reads_arrays_larger_than_its_buffer() {
    Tensor tensor =
        Tensor.floats(
            Shape.of(5, 200_003),
            buffer -> IntStream.range(0, buffer.capacity()).forEach(i -> buffer.put(i)));
    Path file = folder.resolve("x.npy");

    Npy.write(file, tensor);

    assertThat(Npy.read(file)).isEqualTo(tensor);
  }

  @Test
  void every_shorter_file_is_refused_with_its_name() throws IOException {
    byte[] whole = Files.readAllBytes(golden("little_f4"));
    Path file = folder.resolve("short.npy");
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> Npy.read(file))
          .isInstanceOf(FileException.class)
          .hasMessageStartingWith(file + ": ");
    }
  }

  @Test
  void bytes_after_the_array_are_refused() throws IOException {
    byte[] whole = Files.readAllBytes(golden("little_f4"));
    Path file = folder.resolve("long.npy");
    Files.write(file, Arrays.copyOf(whole, whole.length + 1));

    assertThatThrownBy(() -> Npy.read(file))
        .hasMessage(file + ": is more than one array: float32[2, 3] needs 24 bytes, but it has 25");
  }

  @Test
  void a_foreign_file_is_refused() throws IOException {
    Path file = Files.writeString(folder.resolve("x.npy"), "PK\3\4 this is an archive");

    assertThatThrownBy(() -> Npy.read(file))
        .isInstanceOf(FileException.class)
        .hasMessage(file + ": is not a NumPy .npy file");
  }

  @Test
  void a_missing_file_is_named() {
    Path file = folder.resolve("none.npy");

    assertThatThrownBy(() -> Npy.read(file))
        .isInstanceOf(FileException.class)
        .hasMessageContaining(file.toString());
  }

  private Path golden(String name) throws IOException {
    Path file = folder.resolve(name + ".npy");
    try (InputStream in = NpyTest.class.getResourceAsStream(name + ".npy")) {
      Files.write(file, in.readAllBytes());
    }
    return file;
  }

  private static double[] values(Tensor tensor) {
    ByteBuffer bytes = tensor.bytes();
    return DoubleStream.generate(
            () ->
                switch (tensor.type()) {
                  case FLOAT32 -> bytes.getFloat();
                  case FLOAT64 -> bytes.getDouble();
                  case INT32 -> bytes.getInt();
                  case INT64 -> bytes.getLong();
                  case UINT8 -> bytes.get();
                })
        .limit(tensor.shape().elements())
        .toArray();
  }
}
