package dev.trifocal.onnx;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.trifocal.error.DataException;
import dev.trifocal.image.Preprocessing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files that Hugging Face's tools write beside a model: {@code config.json} with the class
 * names and {@code preprocessor_config.json} with the image preprocessing. They are in the model's
 * folder, or in its parent if the folder is named {@code onnx}. Content that is not understood is
 * ignored.
 */
record HuggingFaceFiles(List<String> classes, Optional<Preprocessing> preprocessing) {
  private static final JsonMapper JSON = new JsonMapper();

  /** The maximum size in bytes, a hundred times that of ImageNet's names. */
  private static final long LARGEST = 1 << 23;

  /** The default factor of pixel values. */
  private static final double BYTE = 1 / 255.0;

  /** From this size on, ConvNeXt resizes without cropping. */
  private static final int NEVER_CUT = 384;

  HuggingFaceFiles {
    classes = List.copyOf(classes);
  }

  static HuggingFaceFiles beside(Path model) {
    Path folder = model.toAbsolutePath().getParent();
    boolean inner = folder.endsWith("onnx") && folder.getParent() != null;
    List<Path> places = inner ? List.of(folder, folder.getParent()) : List.of(folder);
    return new HuggingFaceFiles(
        found(places, "config.json").flatMap(HuggingFaceFiles::names).orElse(List.of()),
        found(places, "preprocessor_config.json").flatMap(HuggingFaceFiles::preprocessing));
  }

  private static Optional<JsonNode> found(List<Path> places, String name) {
    return places.stream()
        .map(place -> place.resolve(name))
        .flatMap(file -> read(file).stream())
        .findFirst();
  }

  private static Optional<JsonNode> read(Path file) {
    try {
      return Files.isRegularFile(file) && Files.size(file) <= LARGEST
          ? Optional.of(JSON.readTree(Files.readAllBytes(file))).filter(JsonNode::isObject)
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Returns the class names, unless they are mere numbers such as {@code LABEL_0}. */
  private static Optional<List<String>> names(JsonNode config) {
    List<String> names =
        Stream.of("id2label", "label2id", "label_names")
            .map(key -> ForeignNames.of(config.path(key)))
            .filter(found -> !found.isEmpty())
            .findFirst()
            .orElseGet(() -> ForeignNames.of(config.path("pretrained_cfg").path("label_names")));
    boolean counted = names.stream().allMatch(name -> name.matches("LABEL_\\d+"));
    return counted ? Optional.empty() : Optional.of(names);
  }

  private static Optional<Preprocessing> preprocessing(JsonNode config) {
    Optional<Integer> side = shorterSide(config);
    boolean normal = config.path("do_normalize").asBoolean(true);
    double factor =
        config.path("do_rescale").asBoolean(true)
            ? config.path("rescale_factor").asDouble(BYTE)
            : 1;
    List<Double> mean = normal ? numbers(config.path("image_mean")) : List.of(0.0);
    List<Double> std = normal ? numbers(config.path("image_std")) : List.of(1.0);
    if (side.isEmpty() || !(factor > 0) || mean.isEmpty() || std.isEmpty()) {
      return Optional.empty();
    }
    Preprocessing.Order order =
        config.path("do_flip_channel_order").asBoolean(false)
            ? Preprocessing.Order.BGR
            : Preprocessing.Order.RGB;
    try {
      return Optional.of(new Preprocessing(side.get(), order, scale(factor), mean, std));
    } catch (DataException e) {
      return Optional.empty();
    }
  }

  /** Returns the shorter side, 0 for stretching; empty if the resizing cannot be expressed. */
  private static Optional<Integer> shorterSide(JsonNode config) {
    JsonNode size = config.path("size");
    if (!config.path("do_resize").asBoolean(true)) {
      return Optional.empty();
    }
    boolean cut = config.path("do_center_crop").asBoolean(false);
    if (size.path("shortest_edge").isIntegralNumber()) {
      int edge = size.path("shortest_edge").asInt();
      double part = config.path("crop_pct").asDouble(1);
      return Optional.of(part > 0 && edge < NEVER_CUT ? (int) (edge / part) : edge);
    }
    if (size.isIntegralNumber()) {
      return Optional.of(cut ? size.asInt() : 0);
    }
    boolean stretched = size.has("height") && size.has("width");
    return stretched && (!cut || size.equals(config.path("crop_size")))
        ? Optional.of(0)
        : Optional.empty();
  }

  private static double scale(double factor) {
    double scale = 1 / factor;
    double whole = Math.rint(scale);
    return Math.abs(scale - whole) < 1e-6 ? whole : scale;
  }

  private static List<Double> numbers(JsonNode node) {
    List<Double> result = new ArrayList<>();
    Stream.of(node)
        .flatMap(list -> list.isArray() ? list.valueStream() : Stream.of(list))
        .filter(JsonNode::isNumber)
        .forEach(number -> result.add(number.asDouble()));
    return result;
  }
}
