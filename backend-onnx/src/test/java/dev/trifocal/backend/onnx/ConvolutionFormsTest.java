package dev.trifocal.backend.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Node;
import dev.trifocal.layer.Conv2d;
import dev.trifocal.layer.Layer;
import dev.trifocal.layer.Padding;
import dev.trifocal.layer.Rounding;
import dev.trifocal.layer.Size2d;
import dev.trifocal.layer.Window;
import dev.trifocal.onnx.NodeContext;
import dev.trifocal.onnx.OnnxGraphBuilder;
import dev.trifocal.random.RandomStream;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whichever form is chosen for speed, outputs and gradients are the same. */
class ConvolutionFormsTest {
  private static final int BLOCK = NchwcBlockSize.ofThisProcessor();
  private static final int BATCH = 3;
  private static final int LAYERS = 60;

  /** A convolution and the image that it reads, random in all that a convolution can vary. */
  record Case(Conv2d layer, Shape image) {
    Shape output() {
      return layer.outputShape(List.of(image));
    }

    static Case of(int number) {
      RandomStream random = RandomStream.of(20).at(number);
      int groups = random.below(0, 4) == 0 ? 2 : 1;
      boolean depthwise = random.below(1, 5) == 0;
      int channels = groups * (1 + random.below(2, 6));
      Window window =
          new Window(
              new Size2d(1 + random.below(3, 4), 1 + random.below(4, 4)),
              new Size2d(1 + random.below(5, 2), 1 + random.below(6, 2)),
              new Padding(
                  random.below(7, 3), random.below(8, 3), random.below(9, 3), random.below(10, 3)),
              new Size2d(1 + random.below(11, 2), 1 + random.below(12, 2)),
              Rounding.FLOOR);
      Conv2d layer =
          Layer.conv(depthwise ? channels : groups * (1 + random.below(13, 12)), 1)
              .groups(depthwise ? channels : groups)
              .window(number % 5 == 0 ? Window.square(1) : window);
      return new Case(layer, Shape.of(channels, 7 + random.below(14, 6), 8 + random.below(15, 6)));
    }
  }

  /** Random layers, and layers with many filters over small images. */
  static Stream<Case> cases() {
    return Stream.concat(
        IntStream.range(0, LAYERS).mapToObj(Case::of),
        Stream.of(
            new Case(Layer.conv(64, 3), Shape.of(4, 3, 3)),
            new Case(Layer.conv(128, 3).padding(1), Shape.of(5, 2, 1)),
            new Case(Layer.conv(256, 3).stride(2).padding(0, 1, 2, 1), Shape.of(6, 4, 3)),
            new Case(Layer.conv(256, 1), Shape.of(7, 2, 2)),
            new Case(Layer.conv(64, 1).stride(2).withoutBias(), Shape.of(8, 2, 2)),
            new Case(Layer.conv(8, 3).padding(1), Shape.of(6, 30, 30)),
            new Case(Layer.conv(16, 1), Shape.of(32, 5, 7)),
            new Case(Layer.conv(48, 1), Shape.of(20, 9, 8)),
            new Case(Layer.conv(512, 1).withoutBias(), Shape.of(256, 2, 3)),
            new Case(Layer.conv(32, 3).padding(1), Shape.of(48, 6, 5)),
            new Case(Layer.conv(16, 2, 3).padding(0, 1, 1, 0).dilation(2, 1), Shape.of(32, 7, 9)),
            new Case(Layer.conv(16, 3).padding(5), Shape.of(16, 4, 4)),
            new Case(Layer.conv(16, 1).padding(1), Shape.of(32, 4, 5)),
            new Case(Layer.conv(16, 3).groups(16).padding(5), Shape.of(16, 4, 3)),
            new Case(Layer.conv(32, 3).groups(2).padding(1), Shape.of(32, 5, 6)),
            new Case(Layer.conv(32, 3).groups(16).padding(1), Shape.of(16, 5, 6)),
            new Case(Layer.conv(16, 3).groups(16).padding(1), Shape.of(16, 112, 112)),
            new Case(Layer.conv(32, 5).stride(2).padding(2), Shape.of(16, 9, 7)),
            new Case(Layer.conv(32, 3).stride(2), Shape.of(3, 8, 9)),
            new Case(Layer.conv(16, 3).padding(1), Shape.of(1, 6, 8)),
            new Case(Layer.conv(32, 3).groups(32).padding(1), Shape.of(32, 6, 5)),
            new Case(Layer.conv(16, 3).groups(16).stride(2).padding(1), Shape.of(16, 8, 7)),
            new Case(
                Layer.conv(48, 2, 3).groups(48).stride(1, 2).dilation(2, 1).padding(1, 0, 0, 2),
                Shape.of(48, 9, 11)),
            new Case(Layer.conv(70, 2, 3).dilation(2, 1).padding(1, 0, 0, 0), Shape.of(4, 2, 3))));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void every_applicable_form_gives_the_same_weight_gradient(Case given) throws OrtException {
    OnnxGraphBuilder onnx = new OnnxGraphBuilder("forms", StepCompiler.OPSET);
    String x = onnx.batchInput("x", given.image());
    String dy = onnx.batchInput("dy", given.output());
    Shape weight = given.layer().parameters(List.of(given.image())).get(0).shape();
    NchwcValues values = new NchwcValues(onnx, BLOCK);
    ConvolutionWeightGradient gradient =
        new ConvolutionWeightGradient(
            onnx, values, given.layer(), given.image(), given.output(), BATCH);
    List<String> names = new ArrayList<>();
    for (ConvolutionWeightGradient.Form form : ConvolutionWeightGradient.Form.values()) {
      if (gradient.applies(form)) {
        names.add(onnx.output(form.name(), gradient.of(form, x, dy), weight));
      }
    }
    assertThat(names).contains(gradient.fastest(x, dy).name(), "EXCHANGED_ROLES");
    assertAllAgree(
        run(
            onnx,
            names,
            Map.of(
                "x", RandomTensor.of(given.image().batch(BATCH), 1),
                "dy", RandomTensor.of(given.output().batch(BATCH), 2))));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void all_forms_give_the_same_input_gradient(Case given) throws OrtException {
    OnnxGraphBuilder onnx = new OnnxGraphBuilder("forms", StepCompiler.OPSET);
    Shape weight = given.layer().parameters(List.of(given.image())).get(0).shape();
    String w = onnx.input("w", weight);
    String dy = onnx.batchInput("dy", given.output());
    ConvolutionInputGradient gradient =
        new ConvolutionInputGradient(
            onnx,
            new NchwcValues(onnx, BLOCK),
            given.layer(),
            given.image(),
            given.output(),
            BATCH);
    List<String> names = new ArrayList<>();
    for (ConvolutionInputGradient.Form form : ConvolutionInputGradient.Form.values()) {
      if (gradient.applies(form)) {
        names.add(onnx.batchOutput(form.name(), gradient.of(form, w, dy), given.image()));
      }
    }
    assertThat(names).contains(gradient.fastest().name());
    assertAllAgree(
        run(
            onnx,
            names,
            Map.of(
                "w",
                RandomTensor.of(weight, 3),
                "dy",
                RandomTensor.of(given.output().batch(BATCH), 4))));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void all_forms_give_the_same_output(Case given) throws OrtException {
    Node node = node(given);
    OnnxGraphBuilder onnx = new OnnxGraphBuilder("forms", StepCompiler.OPSET);
    Map<String, Tensor> feed = new HashMap<>();
    feed.put("x", RandomTensor.of(given.image().batch(BATCH), 5));
    onnx.batchInput("x", given.image());
    node.parameters()
        .forEach(
            parameter -> {
              onnx.input(node.name(parameter), parameter.shape());
              feed.put(node.name(parameter), RandomTensor.of(parameter.shape(), 6));
            });
    NodeContext context = new NodeContext(node, List.of("x"));
    List<String> names = new ArrayList<>();
    ConvolutionOutput output =
        new ConvolutionOutput(onnx, new NchwcValues(onnx, BLOCK), given.layer(), context, BATCH);
    for (ConvolutionOutput.Form form : ConvolutionOutput.Form.values()) {
      if (output.applies(form)) {
        names.add(onnx.batchOutput(form.name(), output.of(form), given.output()));
      }
    }
    assertThat(names).contains(output.fastest().name());
    assertAllAgree(run(onnx, names, feed));
  }

  private static Node node(Case given) {
    return Graph.build("forms", given.image(), x -> x.then("conv", given.layer())).node("conv");
  }

  @Test
  void the_cases_reach_every_form_of_the_weight_gradient() {
    assumeThat(BLOCK).as("block size of NCHWc on this processor").isPositive();
    Set<ConvolutionWeightGradient.Form> chosen =
        EnumSet.noneOf(ConvolutionWeightGradient.Form.class);
    cases()
        .forEach(
            given -> {
              OnnxGraphBuilder onnx = new OnnxGraphBuilder("forms", StepCompiler.OPSET);
              NchwcValues values = new NchwcValues(onnx, BLOCK);
              ConvolutionWeightGradient gradient =
                  new ConvolutionWeightGradient(
                      onnx, values, given.layer(), given.image(), given.output(), BATCH);
              String x = onnx.batchInput("x", given.image());
              String dy = onnx.batchInput("dy", given.output());
              chosen.add(gradient.fastest(x, dy));
              values.blocked(x);
              values.blocked(dy);
              chosen.add(gradient.fastest(x, dy));
            });
    assertThat(chosen).containsExactlyInAnyOrder(ConvolutionWeightGradient.Form.values());
  }

  @Test
  void small_batches_leave_large_weights_as_they_are() {
    assumeThat(BLOCK).as("block size of NCHWc on this processor").isPositive();
    Conv2d square = Layer.conv(512, 3).padding(1).withoutBias();
    assertThat(fewPixels(square, 4)).containsExactly("IM2COL", "IM2COL", "IM2COL");
    assertThat(fewPixels(square, 128)).containsExactly("NCHWC", "PATCHES", "NCHWC");
    Conv2d pointwise = Layer.conv(512, 1).withoutBias();
    assertThat(fewPixels(pointwise, 4)).containsExactly("IM2COL", "POINTWISE", "IM2COL");
    assertThat(fewPixels(pointwise, 512)).containsExactly("NCHWC", "POINTWISE", "NCHWC");
  }

  @Test
  void small_products_of_all_samples_are_computed_one_by_one() {
    assertThat(pointwiseWeightGradient(2)).isEqualTo("POINTWISE_PER_SAMPLE");
    assertThat(pointwiseWeightGradient(128)).isEqualTo("POINTWISE");
  }

  private static String pointwiseWeightGradient(int batch) {
    OnnxGraphBuilder onnx = new OnnxGraphBuilder("forms", StepCompiler.OPSET);
    Shape image = Shape.of(40, 3, 3);
    Shape output = Shape.of(48, 3, 3);
    return new ConvolutionWeightGradient(
            onnx,
            new NchwcValues(onnx, NchwcBlockSize.NONE),
            Layer.conv(48, 1).withoutBias(),
            image,
            output,
            batch)
        .fastest(onnx.batchInput("x", image), onnx.batchInput("dy", output))
        .name();
  }

  /** Returns the forms of output and gradients on 512 maps of 2x2 pixels. */
  private static List<String> fewPixels(Conv2d layer, int batch) {
    Shape image = Shape.of(512, 2, 2);
    Case few = new Case(layer, image);
    OnnxGraphBuilder onnx = new OnnxGraphBuilder("forms", StepCompiler.OPSET);
    NchwcValues values = new NchwcValues(onnx, BLOCK);
    String x = onnx.batchInput("x", image);
    String dy = onnx.batchInput("dy", image);
    return List.of(
        new ConvolutionOutput(
                onnx, values, few.layer(), new NodeContext(node(few), List.of(x)), batch)
            .fastest()
            .name(),
        new ConvolutionWeightGradient(onnx, values, few.layer(), image, image, batch)
            .fastest(x, dy)
            .name(),
        new ConvolutionInputGradient(onnx, values, few.layer(), image, image, batch)
            .fastest()
            .name());
  }

  private static List<Tensor> run(
      OnnxGraphBuilder onnx, List<String> outputs, Map<String, Tensor> inputs) throws OrtException {
    List<Tensor> results = new ArrayList<>();
    try (OrtSession session =
        OnnxSessions.open("forms", onnx.build(Map.of()), RunOptions.DEFAULT)) {
      Map<String, OnnxTensor> feed = new HashMap<>();
      inputs.forEach((name, tensor) -> feed.put(name, OnnxSessions.tensor(tensor)));
      try (OrtSession.Result result = session.run(feed)) {
        for (String output : outputs) {
          results.add(OnnxSessions.host((OnnxTensor) result.get(output).orElseThrow()));
        }
      }
      feed.values().forEach(OnnxTensor::close);
    }
    return results;
  }

  private static void assertAllAgree(List<Tensor> results) {
    float[] first = results.get(0).toFloats();
    float largest = 0;
    for (float value : first) {
      largest = Math.max(largest, Math.abs(value));
    }
    assertThat(largest).isPositive();
    for (Tensor other : results) {
      assertThat(other.shape()).isEqualTo(results.get(0).shape());
      assertThat(LargestDifference.of(other.toFloats(), first))
          .isLessThanOrEqualTo(largest * 1e-5f);
    }
  }
}
