package dev.trifocal.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.error.WeightsException;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.DataType;
import dev.trifocal.tensor.HalfPrecision;
import dev.trifocal.tensor.Tensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HalfWeightsTest {
  private static final Map<String, String> NO_METADATA = Map.of();

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void a_file_of_16_bits_holds_the_rounded_weights_in_half_the_size(HalfPrecision format) {
    Path narrow = folder.resolve("half.safetensors");
    Path wide = folder.resolve("float32.safetensors");
    Weights weights = random(2000);
    Safetensors.write(narrow, weights, NO_METADATA, format);
    Safetensors.write(wide, weights, NO_METADATA);
    assertThat(Safetensors.read(narrow)).isEqualTo(HalfRounding.of(weights, format).weights());
    assertThat(Safetensors.read(narrow)).isNotEqualTo(weights);
    assertThat(wide).hasSize(Safetensors.size(weights, NO_METADATA));
    assertThat(wide.toFile().length() - narrow.toFile().length()).isBetween(3990L, 4010L);
  }

  @ParameterizedTest
  @EnumSource
  void other_types_nan_and_infinities_are_stored_as_they_are(HalfPrecision format)
      throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("odd", Tensor.make(Shape.of(3), DataType.UINT8, b -> b.put(2, (byte) 200)));
    tensors.put(
        "w",
        Tensor.of(
            Shape.of(3), Float.NaN, Float.NEGATIVE_INFINITY, format.value((short) 1))); // subnormal
    tensors.put("steps", Tensor.of(Shape.of(1), 1L << 40));
    Path file = folder.resolve("w.safetensors");
    Safetensors.write(file, new Weights(tensors), NO_METADATA, format);
    assertThat(Safetensors.read(file)).isEqualTo(new Weights(tensors));
    String name = format == HalfPrecision.FP16 ? "F16" : "BF16";
    assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
        .contains("{\"dtype\":\"" + name + "\",\"shape\":[3],\"data_offsets\":[8,14]}");
  }

  @Test
  void values_beyond_the_range_are_refused_by_the_name_of_their_tensor() {
    Weights large = new Weights(Map.of("bn.variance", Tensor.of(Shape.of(2), 65519f, 65520f)));
    Path file = folder.resolve("w.safetensors");
    assertThatThrownBy(() -> Safetensors.write(file, large, NO_METADATA, HalfPrecision.FP16))
        .isInstanceOf(WeightsException.class)
        .hasMessage(
            "'bn.variance' holds 65520.0, which is beyond the range of fp16; choose bf16, which has the range of float32");
    assertThat(file).doesNotExist();
    Weights largest = new Weights(Map.of("w", Tensor.scalar(Float.MAX_VALUE)));
    assertThatThrownBy(() -> HalfRounding.of(largest, HalfPrecision.BF16))
        .isInstanceOf(WeightsException.class)
        .hasMessage(
            "'w' holds 3.4028235E38, which is beyond the range of bf16; keep the weights in float32");
    assertThat(HalfRounding.of(large, HalfPrecision.BF16).weights().tensor("bn.variance"))
        .isEqualTo(Tensor.of(Shape.of(2), 65536f, 65536f));
  }

  @Test
  void rounding_is_told_relative_to_the_largest_weight_of_the_tensor() {
    Weights weights =
        new Weights(
            Map.of(
                "exact", Tensor.of(Shape.of(2), 1f, 1e5f - 1e5f),
                "rounded", Tensor.of(Shape.of(3), -4f, 1 + 0x1p-11f, Float.POSITIVE_INFINITY),
                "tiny", Tensor.of(Shape.of(2), 1000f, 0x1p-26f)));
    HalfRounding rounding = HalfRounding.of(weights, HalfPrecision.FP16);
    assertThat(rounding.largestIn()).isEqualTo("rounded");
    assertThat(rounding.largest()).isEqualTo(0x1p-13);
    assertThat(rounding.zeroed()).isEqualTo(1);
    HalfRounding again = HalfRounding.of(rounding.weights(), HalfPrecision.FP16);
    assertThat(again.weights()).isEqualTo(rounding.weights());
    assertThat(again.largestIn()).isEmpty();
    assertThat(again.largest()).isZero();
  }

  private static Weights random(int count) {
    SplittableRandom random = new SplittableRandom(5);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) Math.scalb(random.nextDouble() - 0.5, random.nextInt(-30, 15));
    }
    return new Weights(Map.of("w", Tensor.of(Shape.of(count), values)));
  }
}
