package dev.trifocal.backend.onnx;

import dev.trifocal.onnx.Attribute;
import dev.trifocal.onnx.OnnxGraphBuilder;
import dev.trifocal.shape.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The values of a step that exist in ONNX Runtime's layout NCHWc, {@code [N, C/c, H, W, c]}.
 *
 * <p>Every value has a plain name, under which any operator can read it as {@code [N, C, H, W]}.
 * Rules that know the layout read and write the blocked values behind the names, so that it is kept
 * from layer to layer; what turns a value that nobody reads plain is dropped by {@link UsedNodes}.
 */
final class NchwcValues {
  /** The domain of ONNX Runtime's operators on this layout. */
  static final String DOMAIN = "com.microsoft.nchwc";

  /** Stands for shifts of zero: the name of an input that is left out. */
  static final String NO_SHIFTS = "";

  /**
   * Up to this many pixels are added up in a row. More would lose accuracy, as ONNX Runtime adds
   * one after the other.
   */
  private static final int PIXELS_IN_A_ROW = 1024;

  private final OnnxGraphBuilder onnx;
  private final int block;
  private final NchwcFusion fusion;
  private final Map<String, String> blocked = new HashMap<>();
  private final Map<String, String> plain = new HashMap<>();
  private final Map<String, String> channelsLast = new HashMap<>();

  /**
   * @param block channels that lie together, or {@link NchwcBlockSize#NONE} to keep all values
   *     plain
   */
  NchwcValues(OnnxGraphBuilder onnx, int block) {
    this.onnx = onnx;
    this.block = block;
    this.fusion = new NchwcFusion(onnx);
  }

  int block() {
    return block;
  }

  NchwcFusion fusion() {
    return fusion;
  }

  /** Returns whether values with this number of channels can have the layout. */
  boolean fit(int channels) {
    return block != NchwcBlockSize.NONE && channels % block == 0;
  }

  /** Returns whether a value exists in the layout already. */
  boolean has(String value) {
    return blocked.containsKey(value);
  }

  /** Returns a value in the layout. */
  String blocked(String value) {
    return blocked.computeIfAbsent(
        value,
        v -> {
          String result = onnx.node(DOMAIN, "ReorderInput", List.of(v));
          plain.put(result, v);
          return result;
        });
  }

  /** Adds a value in the layout and returns its plain name. */
  String add(String value, int channels) {
    return plain.computeIfAbsent(
        value,
        v -> {
          String name =
              onnx.node(
                  DOMAIN, "ReorderOutput", List.of(v), Attribute.of("channels", (long) channels));
          blocked.put(name, v);
          return name;
        });
  }

  /** Returns a value {@code [N, C, H, W]} as {@code [N, H, W, C]}. */
  String channelsLast(String value, int channels) {
    return channelsLast.computeIfAbsent(
        value,
        v ->
            has(v)
                ? onnx.node(
                    DOMAIN,
                    "ReorderOutput",
                    List.of(blocked.get(v)),
                    Attribute.of("channels", (long) channels),
                    Attribute.of("channels_last", 1L))
                : onnx.node("Transpose", List.of(v), Attribute.of("perm", 0L, 2L, 3L, 1L)));
  }

  /**
   * Returns the mean of each channel over batch and space, {@code [C]}.
   *
   * @param value a value in the layout
   * @param sample shape {@code [C, H, W]} of a sample
   */
  String channelMeans(String value, Shape sample) {
    int channels = sample.size(0);
    int parts = parts(sample);
    String bands =
        parts == 1
            ? value
            : onnx.node(
                "Reshape",
                List.of(
                    value,
                    onnx.longs(
                        -1, (long) channels * parts, sample.size(1) / parts, sample.size(2))));
    String means = onnx.node(DOMAIN, "GlobalAveragePool", List.of(bands));
    String split =
        onnx.node("Reshape", List.of(means, onnx.longs(-1, channels / block, parts, block)));
    return onnx.node(
        "Reshape", List.of(onnx.reduce("ReduceMean", split, 0, 2), onnx.longs(channels)));
  }

  /** Returns the number of bands of rows whose means are computed separately. */
  private static int parts(Shape sample) {
    int rows = sample.size(1);
    int parts = 1;
    while (rows % parts != 0 || (parts < rows && rows / parts * sample.size(2) > PIXELS_IN_A_ROW)) {
      parts++;
    }
    return parts;
  }

  /**
   * Multiplies each channel by a factor and adds a number, in one pass over the value.
   *
   * @param value a value in the layout
   * @param factors one per channel, {@code [C]}
   * @param shifts likewise, or {@link #NO_SHIFTS}
   * @param added a value in the layout to add
   * @return a value in the layout
   */
  String scaled(String value, int channels, String factors, String shifts, Optional<String> added) {
    String kernels = onnx.node("Reshape", List.of(factors, onnx.longs(channels, 1, 1, 1)));
    List<String> inputs =
        added
            .map(sum -> List.of(value, kernels, shifts, sum))
            .orElse(List.of(value, kernels, shifts));
    return fusion.convolution(
        inputs, Attribute.of("kernel_shape", 1L, 1L), Attribute.of("group", (long) channels));
  }
}
