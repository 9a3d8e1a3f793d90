package dev.trifocal.apps.onnx;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trifocal.onnx.importer.FileValue;
import dev.trifocal.onnx.importer.ImportOptions;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A published ONNX file with an input and the outputs that ONNX Runtime gave for it.
 *
 * @param outputs by name in the file
 */
record GoldenModel(
    String name,
    Path file,
    ImportOptions options,
    Path inputFile,
    Shape input,
    Map<String, Expected> outputs) {

  /** Their operators are whole numbers, which no layer has. */
  private static final Set<String> QUANTISED =
      Set.of("mnist_qdq_ortquant_op11", "mnist_dynquant_ortquant_op11");

  /** An output's numbers. */
  record Expected(Path file, Shape shape) {
    Tensor tensor() {
      return PublishedFiles.numbers(file, shape);
    }
  }

  /** Those of many exporters, with what their description says. */
  static List<GoldenModel> cases() {
    Path folder = PublishedFiles.folder().resolve("onnx-cases");
    List<GoldenModel> result = new ArrayList<>();
    for (JsonNode one : json(folder.resolve("cases.json"))) {
      if (one.has("outputs")) {
        Map<String, Expected> outputs = new LinkedHashMap<>();
        for (JsonNode output : one.get("outputs")) {
          outputs.put(
              output.get("name").asText(),
              new Expected(
                  folder.resolve(output.get("file").asText()), shape(output.get("shape"))));
        }
        String file = one.get("file").asText();
        String name = file.replace(".onnx", "");
        result.add(
            new GoldenModel(
                name,
                folder.resolve(file),
                ImportOptions.DEFAULT,
                folder.resolve(name + ".in.f32"),
                shape(one.get("in_shape")),
                outputs));
      }
    }
    return result;
  }

  /** The larger ones, of pictures. */
  static List<GoldenModel> models() {
    return List.of(
        model("mobilenet_v2_1.0_224", "cat", 224, Map.of("logits", Shape.of(1, 1000))),
        model("squeezenet1_1", "cat", 224, Map.of("logits", Shape.of(1, 1000))),
        model("mobilenet_v2_0.35_224_notop", "cat", 224, Map.of("features", Shape.of(1, 1280))),
        model(
            "vgg11_bn_features_relu3_2",
            "cat64",
            64,
            Map.of(
                "relu1_1", Shape.of(1, 64, 64, 64),
                "relu2_1", Shape.of(1, 128, 32, 32),
                "relu3_1", Shape.of(1, 256, 16, 16),
                "relu3_2", Shape.of(1, 256, 16, 16))));
  }

  /** Whether layers express it. */
  boolean becomesGraph() {
    return !QUANTISED.contains(name);
  }

  Tensor inputTensor() {
    return PublishedFiles.numbers(inputFile, input);
  }

  /** The input with its axes in the graph's order. */
  Tensor inputFor(FileValue value) {
    return value.inOrder() ? inputTensor() : AxisPermutation.toGraph(inputTensor(), value.order());
  }

  private static GoldenModel model(String name, String input, int size, Map<String, Shape> shapes) {
    Path folder = PublishedFiles.folder().resolve("models");
    Map<String, Expected> outputs = new LinkedHashMap<>();
    shapes.forEach(
        (output, shape) ->
            outputs.put(
                output,
                new Expected(
                    folder.resolve("%s.%s.%s.f32".formatted(name, input, output)), shape)));
    Shape image = Shape.of(3, size, size);
    return new GoldenModel(
        name,
        folder.resolve(name + ".onnx"),
        ImportOptions.DEFAULT.input(image),
        folder.resolve("%s.%s.in.f32".formatted(name, input)),
        image.batch(1),
        outputs);
  }

  private static Shape shape(JsonNode sizes) {
    List<Integer> result = new ArrayList<>();
    sizes.forEach(size -> result.add(size.asInt()));
    return new Shape(result);
  }

  private static JsonNode json(Path file) {
    try {
      return new ObjectMapper().readTree(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
