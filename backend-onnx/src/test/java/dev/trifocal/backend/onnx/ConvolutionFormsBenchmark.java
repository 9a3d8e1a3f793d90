package dev.trifocal.backend.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.trifocal.backend.Device;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Node;
import dev.trifocal.layer.Conv2d;
import dev.trifocal.onnx.NodeContext;
import dev.trifocal.onnx.OnnxGraphBuilder;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.zoo.ModelOptions;
import dev.trifocal.zoo.Zoo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Measures all forms of the convolutions of networks, and compares the time of the chosen ones with
 * the time of the fastest ones. Run by {@code benchmarks/convolution-forms}, not with the tests.
 */
class ConvolutionFormsBenchmark {
  private static final int THREADS = 2;
  private static final int RUNS = 9;
  private static final int BLOCK = NchwcBlockSize.ofThisProcessor();

  /** A layer whose time is less than this share of its network's is not listed. */
  private static final double LISTED = 0.005;

  /** The chosen forms may take this times as long as the fastest ones. */
  private static final double MOST = 1.1;

  /** From this many channels on, exchanged roles take many times as long as other forms. */
  private static final int MANY_CHANNELS = 16;

  private record Measured(String what, String chosen, Map<String, Double> milliseconds, int count) {
    double ofChosen() {
      return count * milliseconds.get(chosen);
    }

    double ofFastest() {
      return count * milliseconds.get(fastest());
    }

    String fastest() {
      return milliseconds.entrySet().stream()
          .min(Map.Entry.comparingByValue())
          .orElseThrow()
          .getKey();
    }
  }

  private record Site(Conv2d layer, Shape image, Shape output) {
    Shape weight() {
      return layer.parameters(List.of(image)).get(0).shape();
    }

    @Override
    public String toString() {
      return "%s -> %s, %s".formatted(image, output, layer.window());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "mnist-cnn, 28, 32",
    "resnet18, 64, 32",
    "resnet18, 64, 4",
    "resnet18, 64, 128",
    "resnet50, 224, 4",
    "mobilenet-v2, 160, 32",
    "mobilenet-v2, 160, 4",
    "squeezenet1_1, 64, 32",
    "vgg11-bn, 64, 32",
    "unet, 128, 4"
  })
  void chosen_and_fastest(String network, int size, int batch) throws OrtException {
    Shape image = Shape.of(network.equals("mnist-cnn") ? 1 : 3, size, size);
    Map<Site, Integer> sites = new LinkedHashMap<>();
    ModelOptions options = ModelOptions.of(10).width(network.equals("unet") ? 4 : 1);
    for (Node node : Zoo.find(network).graph(image, options).nodes()) {
      if (node.layer() instanceof Conv2d layer) {
        Site site = new Site(layer.withoutBias(), node.inputShapes().get(0), node.shape());
        sites.merge(site, 1, Integer::sum);
      }
    }
    List<Measured> all = new ArrayList<>();
    for (Map.Entry<Site, Integer> entry : sites.entrySet()) {
      all.add(outputs(entry.getKey(), batch, entry.getValue()));
      all.add(weightGradients(entry.getKey(), batch, entry.getValue()));
      all.add(inputGradients(entry.getKey(), batch, entry.getValue()));
    }
    double chosen = all.stream().mapToDouble(Measured::ofChosen).sum();
    double fastest = all.stream().mapToDouble(Measured::ofFastest).sum();
    System.out.printf(
        "%n%s, %dx%d, batch %d: chosen %.1f ms, fastest %.1f ms, ratio %.2f%n",
        network, size, size, batch, chosen, fastest, chosen / fastest);
    all.stream()
        .filter(m -> m.ofChosen() - m.ofFastest() > LISTED * chosen)
        .forEach(
            m ->
                System.out.printf(
                    "  %d x %s: chosen %s %.2f ms, fastest %s %.2f ms%n",
                    m.count(),
                    m.what(),
                    m.chosen(),
                    m.milliseconds().get(m.chosen()),
                    m.fastest(),
                    m.milliseconds().get(m.fastest())));
    assertThat(chosen).isLessThan(MOST * fastest);
  }

  private static Measured outputs(Site site, int batch, int count) throws OrtException {
    Node node = Graph.build("site", site.image(), x -> x.then("conv", site.layer())).node("conv");
    Map<String, Tensor> feed =
        Map.of("x", zeros(site.image().batch(batch)), "conv.weight", zeros(site.weight()));
    Map<String, Double> times = new LinkedHashMap<>();
    String chosen = "";
    for (ConvolutionOutput.Form form : ConvolutionOutput.Form.values()) {
      OnnxGraphBuilder onnx = new OnnxGraphBuilder("site", StepCompiler.OPSET);
      NchwcValues values = new NchwcValues(onnx, BLOCK);
      String x = given(onnx, values, "x", site.image());
      onnx.input("conv.weight", site.weight());
      ConvolutionOutput output =
          new ConvolutionOutput(
              onnx, values, site.layer(), new NodeContext(node, List.of(x)), batch);
      chosen = output.fastest().name();
      if (output.applies(form)) {
        String y = output.of(form);
        times.put(form.name(), time(onnx, taken(onnx, values, y, site.output()), feed));
      }
    }
    return new Measured("output of " + site, chosen, times, count);
  }

  private static Measured weightGradients(Site site, int batch, int count) throws OrtException {
    Map<String, Tensor> feed =
        Map.of("x", zeros(site.image().batch(batch)), "dy", zeros(site.output().batch(batch)));
    Map<String, Double> times = new LinkedHashMap<>();
    String chosen = "";
    for (ConvolutionWeightGradient.Form form : ConvolutionWeightGradient.Form.values()) {
      OnnxGraphBuilder onnx = new OnnxGraphBuilder("site", StepCompiler.OPSET);
      NchwcValues values = new NchwcValues(onnx, BLOCK);
      String x = given(onnx, values, "x", site.image());
      String dy = given(onnx, values, "dy", site.output());
      ConvolutionWeightGradient gradient =
          new ConvolutionWeightGradient(
              onnx, values, site.layer(), site.image(), site.output(), batch);
      chosen = gradient.fastest(x, dy).name();
      boolean hopeless =
          form == ConvolutionWeightGradient.Form.EXCHANGED_ROLES
              && site.layer().groups() == 1
              && site.image().size(0) >= MANY_CHANNELS;
      boolean tooLarge =
          form == ConvolutionWeightGradient.Form.PATCH_MAPS
              && site.image().size(0) >= MANY_CHANNELS;
      if (gradient.applies(form) && !hopeless && !tooLarge) {
        String name = onnx.output("result", gradient.of(form, x, dy), site.weight());
        times.put(form.name(), time(onnx, name, feed));
      }
    }
    return new Measured("weight gradient of " + site, chosen, times, count);
  }

  private static Measured inputGradients(Site site, int batch, int count) throws OrtException {
    Map<String, Tensor> feed =
        Map.of("w", zeros(site.weight()), "dy", zeros(site.output().batch(batch)));
    Map<String, Double> times = new LinkedHashMap<>();
    for (ConvolutionInputGradient.Form form : ConvolutionInputGradient.Form.values()) {
      OnnxGraphBuilder onnx = new OnnxGraphBuilder("site", StepCompiler.OPSET);
      NchwcValues values = new NchwcValues(onnx, BLOCK);
      String w = onnx.input("w", site.weight());
      String dy = given(onnx, values, "dy", site.output());
      ConvolutionInputGradient gradient =
          new ConvolutionInputGradient(
              onnx, values, site.layer(), site.image(), site.output(), batch);
      if (gradient.applies(form)) {
        String dx = gradient.of(form, w, dy);
        times.put(form.name(), time(onnx, taken(onnx, values, dx, site.image()), feed));
      }
    }
    OnnxGraphBuilder onnx = new OnnxGraphBuilder("site", StepCompiler.OPSET);
    ConvolutionInputGradient gradient =
        new ConvolutionInputGradient(
            onnx, new NchwcValues(onnx, BLOCK), site.layer(), site.image(), site.output(), batch);
    return new Measured("input gradient of " + site, gradient.fastest().name(), times, count);
  }

  /** Declares an input that exists in the layout NCHWc if its channels fit, as in a step. */
  private static String given(
      OnnxGraphBuilder onnx, NchwcValues values, String name, Shape sample) {
    String input = onnx.batchInput(name, sample);
    return values.fit(sample.size(0)) ? values.add(input, sample.size(0)) : input;
  }

  /** Declares an output in the layout NCHWc if its channels fit, as the next layer reads it. */
  private static String taken(
      OnnxGraphBuilder onnx, NchwcValues values, String value, Shape sample) {
    String read = values.fit(sample.size(0)) ? values.blocked(value) : value;
    return onnx.batchOutput("result", read, sample);
  }

  private static double time(OnnxGraphBuilder onnx, String output, Map<String, Tensor> inputs)
      throws OrtException {
    RunOptions options = new RunOptions(Device.CPU, THREADS);
    double fastest = Double.MAX_VALUE;
    try (OrtSession session =
        OnnxSessions.open("site", UsedNodes.of(onnx.build(Map.of())), options)) {
      Map<String, OnnxTensor> feed = new HashMap<>();
      inputs.forEach((name, tensor) -> feed.put(name, OnnxSessions.tensor(tensor)));
      for (int run = 0; run < RUNS; run++) {
        long start = System.nanoTime();
        session.run(feed, Set.of(output)).close();
        fastest = Math.min(fastest, (System.nanoTime() - start) * 1e-6);
      }
      feed.values().forEach(OnnxTensor::close);
    }
    return fastest;
  }

  private static Tensor zeros(Shape shape) {
    return Tensor.floats(shape, buffer -> {});
  }
}
