package dev.trifocal.onnx;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.trifocal.error.DataException;
import dev.trifocal.file.FileFailure;
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
 * names, and the image preprocessing of models of timm, and {@code preprocessor_config.json} with
 * the image preprocessing of others. They are in the model's folder, or in its parent if the folder
 * is named {@code onnx}.
 *
 * @param classes class names in the order of the class ids; empty if there are none
 * @param unread why each file that cannot be used is left out
 */
record HuggingFaceFiles(
    List<String> classes, Optional<Preprocessing> preprocessing, List<String> unread) {
  private static final String NAMES = "config.json";
  private static final String PREPROCESSING = "preprocessor_config.json";

  /** The maximum size in bytes, a hundred times that of ImageNet's names. */
  private static final long LARGEST = 1 << 23;

  /** The default factor of pixel values. */
  private static final double BYTE = 1 / 255.0;

  /** The part of an image's shorter side that timm crops by default. */
  private static final double TIMM_PART = 0.875;

  /** From this size on, ConvNeXt resizes without cropping. */
  private static final int NEVER_CUT = 384;

  HuggingFaceFiles {
    classes = List.copyOf(classes);
    unread = List.copyOf(unread);
  }

  static HuggingFaceFiles beside(Path model) {
    Path folder = model.toAbsolutePath().getParent();
    boolean inner = folder.endsWith("onnx") && folder.getParent() != null;
    List<Path> places = inner ? List.of(folder, folder.getParent()) : List.of(folder);
    List<String> unread = new ArrayList<>();
    Optional<JsonNode> named = found(places, NAMES, unread);
    List<String> names = named.flatMap(HuggingFaceFiles::names).orElse(List.of());
    Optional<JsonNode> config = found(places, PREPROCESSING, unread);
    Optional<Preprocessing> preprocessing = config.flatMap(HuggingFaceFiles::preprocessing);
    if (config.isPresent() && preprocessing.isEmpty()) {
      unread.add(PREPROCESSING + " describes a preprocessing that Trifocal does not have");
    }
    return new HuggingFaceFiles(
        names, preprocessing.or(() -> named.flatMap(HuggingFaceFiles::ofTimm)), unread);
  }

  private static Optional<JsonNode> found(List<Path> places, String name, List<String> unread) {
    return places.stream()
        .map(place -> place.resolve(name))
        .filter(Files::isRegularFile)
        .findFirst()
        .flatMap(file -> read(file, unread));
  }

  private static Optional<JsonNode> read(Path file, List<String> unread) {
    try {
      if (Files.size(file) > LARGEST) {
        unread.add("%s has %,d bytes".formatted(file.getFileName(), Files.size(file)));
        return Optional.empty();
      }
      JsonNode content = new JsonMapper().readTree(Files.readAllBytes(file));
      if (content.isObject()) {
        return Optional.of(content);
      }
      unread.add(file.getFileName() + " is not a JSON object");
    } catch (JsonProcessingException e) {
      unread.add("%s is not valid JSON: %s".formatted(file.getFileName(), e.getOriginalMessage()));
    } catch (IOException e) {
      unread.add(FileFailure.reading(file.getFileName(), e).getMessage());
    }
    return Optional.empty();
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

  /** Returns the preprocessing that timm keeps beside the class names. */
  private static Optional<Preprocessing> ofTimm(JsonNode config) {
    JsonNode pretrained = config.path("pretrained_cfg");
    List<Double> mean = numbers(pretrained.path("mean"));
    List<Double> std = numbers(pretrained.path("std"));
    int side = pretrained.path("input_size").path(1).asInt();
    double part = pretrained.path("crop_pct").asDouble(TIMM_PART);
    boolean stretched = pretrained.path("crop_mode").asText().equals("squash");
    if (mean.isEmpty() || std.isEmpty() || side < 1 || !(part > 0)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Preprocessing(
              stretched ? 0 : (int) (side / part), Preprocessing.Order.RGB, 255, mean, std));
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
