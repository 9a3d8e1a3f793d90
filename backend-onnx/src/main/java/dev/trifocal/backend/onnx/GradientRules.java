package dev.trifocal.backend.onnx;

import dev.trifocal.layer.Activation;
import dev.trifocal.layer.Add;
import dev.trifocal.layer.Affine;
import dev.trifocal.layer.AvgPool2d;
import dev.trifocal.layer.BatchNorm;
import dev.trifocal.layer.Concat;
import dev.trifocal.layer.Conv2d;
import dev.trifocal.layer.Dense;
import dev.trifocal.layer.Dropout;
import dev.trifocal.layer.Flatten;
import dev.trifocal.layer.GlobalAvgPool;
import dev.trifocal.layer.Input;
import dev.trifocal.layer.LayerVisitor;
import dev.trifocal.layer.MaxPool2d;
import dev.trifocal.layer.Multiply;
import dev.trifocal.layer.Softmax;
import dev.trifocal.onnx.Attribute;
import dev.trifocal.onnx.ForwardLowering;
import dev.trifocal.onnx.OnnxGraphBuilder;
import dev.trifocal.shape.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The gradient of every layer, as ONNX nodes: given the gradient of its output, those of its inputs
 * and parameters.
 *
 * @param forward what the forward pass kept
 */
record GradientRules(OnnxGraphBuilder onnx, TrainingLayers forward)
    implements LayerVisitor<GradientSite, Gradients> {

  @Override
  public Gradients input(Input layer, GradientSite site) {
    return Gradients.NONE;
  }

  @Override
  public Gradients conv2d(Conv2d layer, GradientSite site) {
    Shape output = site.forward().node().shape();
    Map<String, String> parameters = new LinkedHashMap<>();
    if (site.trained()) {
      ConvolutionWeightGradient weight =
          new ConvolutionWeightGradient(onnx, layer, image(site), output);
      parameters.put(
          site.parameter("weight"), weight.of(weight.fastest(), site.input(), site.gradient()));
      if (layer.bias()) {
        parameters.put(site.parameter("bias"), sum(site.gradient(), 0, 2, 3));
      }
    }
    ConvolutionInputGradient input = new ConvolutionInputGradient(onnx, layer, image(site), output);
    return new Gradients(
        List.of(
            site.inputWanted()
                ? input.of(site.parameter("weight"), site.gradient())
                : Gradients.UNWANTED),
        parameters);
  }

  @Override
  public Gradients dense(Dense layer, GradientSite site) {
    Map<String, String> parameters = new LinkedHashMap<>();
    if (site.trained()) {
      parameters.put(
          site.parameter("weight"),
          onnx.node("Gemm", List.of(site.gradient(), site.input()), Attribute.of("transA", 1L)));
      if (layer.bias()) {
        parameters.put(site.parameter("bias"), sum(site.gradient(), 0));
      }
    }
    return new Gradients(
        List.of(
            site.inputWanted()
                ? onnx.node("Gemm", List.of(site.gradient(), site.parameter("weight")))
                : Gradients.UNWANTED),
        parameters);
  }

  @Override
  public Gradients maxPool2d(MaxPool2d layer, GradientSite site) {
    String indices = forward.indices(site.forward().node().path());
    return Gradients.ofInput(
        pool(site).ofMax(layer.window(), site.input(), indices, site.gradient()));
  }

  @Override
  public Gradients avgPool2d(AvgPool2d layer, GradientSite site) {
    return Gradients.ofInput(pool(site).ofAverage(layer, site.gradient()));
  }

  @Override
  public Gradients globalAvgPool(GlobalAvgPool layer, GradientSite site) {
    Shape image = image(site);
    double share = 1.0 / ((long) image.size(1) * image.size(2));
    return Gradients.ofInput(
        onnx.node(
            "Expand",
            List.of(
                multiply(site.gradient(), onnx.constant(share)),
                onnx.longs(1, 1, image.size(1), image.size(2)))));
  }

  @Override
  public Gradients flatten(Flatten layer, GradientSite site) {
    return Gradients.ofInput(onnx.node("Reshape", List.of(site.gradient(), batchOf(image(site)))));
  }

  @Override
  public Gradients activation(Activation layer, GradientSite site) {
    return Gradients.ofInput(
        layer
            .function()
            .accept(new ActivationGradient(onnx, site.input(), site.output(), site.gradient())));
  }

  @Override
  public Gradients softmax(Softmax layer, GradientSite site) {
    String product = multiply(site.gradient(), site.output());
    String sum = onnx.node("ReduceSum", List.of(product, onnx.longs(1)));
    return Gradients.ofInput(onnx.node("Sub", List.of(product, multiply(site.output(), sum))));
  }

  @Override
  public Gradients dropout(Dropout layer, GradientSite site) {
    String path = site.forward().node().path();
    return Gradients.ofInput(
        forward.masks().containsKey(path)
            ? multiply(site.gradient(), TrainingLayers.maskName(path))
            : site.gradient());
  }

  @Override
  public Gradients batchNorm(BatchNorm layer, GradientSite site) {
    return site.forward().node().frozen() ? frozenBatchNorm(layer, site) : trainedBatchNorm(site);
  }

  @Override
  public Gradients add(Add layer, GradientSite site) {
    return new Gradients(Collections.nCopies(site.wanted().size(), site.gradient()), Map.of());
  }

  @Override
  public Gradients multiply(Multiply layer, GradientSite site) {
    List<String> values = site.forward().inputs();
    List<Shape> shapes = site.forward().node().inputShapes();
    String second = multiply(site.gradient(), values.get(0));
    if (!shapes.get(0).equals(shapes.get(1))) {
      second = onnx.node("ReduceSum", List.of(second, onnx.longs(2, 3)));
    }
    return new Gradients(List.of(multiply(site.gradient(), values.get(1)), second), Map.of());
  }

  @Override
  public Gradients concat(Concat layer, GradientSite site) {
    List<String> results = new ArrayList<>();
    long start = 0;
    for (Shape shape : site.forward().node().inputShapes()) {
      long end = start + shape.size(0);
      results.add(
          onnx.node(
              "Slice",
              List.of(site.gradient(), onnx.longs(start), onnx.longs(end), onnx.longs(1))));
      start = end;
    }
    return new Gradients(results, Map.of());
  }

  @Override
  public Gradients affine(Affine layer, GradientSite site) {
    Shape shape = ForwardLowering.perChannel(site.forward().node().shape());
    String scale = onnx.constant(ForwardLowering.tensor(shape, layer.scale()));
    return Gradients.ofInput(multiply(site.gradient(), scale));
  }

  private Gradients trainedBatchNorm(GradientSite site) {
    Shape sample = site.forward().node().shape();
    TrainingLayers.Normalised kept = forward.normalised(site.forward().node().path());
    String axes = onnx.longs(TrainingLayers.batchAxes(sample));
    String dy = site.gradient();
    String sum = onnx.node("ReduceSum", List.of(dy, axes));
    String projected = onnx.node("ReduceSum", List.of(multiply(dy, kept.x()), axes));
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put(site.parameter("weight"), flat(projected));
    parameters.put(site.parameter("bias"), flat(sum));
    if (!site.inputWanted()) {
      return new Gradients(List.of(), parameters);
    }
    String count = forward.countPerChannel(dy, sample);
    String mean = onnx.node("Div", List.of(sum, count));
    String slope = onnx.node("Div", List.of(projected, count));
    String centred =
        onnx.node("Sub", List.of(onnx.node("Sub", List.of(dy, mean)), multiply(kept.x(), slope)));
    String factor = multiply(forward.channels(site.forward(), "weight"), kept.inverseDeviation());
    return new Gradients(List.of(multiply(centred, factor)), parameters);
  }

  private Gradients frozenBatchNorm(BatchNorm layer, GradientSite site) {
    String variance = forward.channels(site.forward(), "running_var");
    String deviation =
        onnx.node(
            "Sqrt", List.of(onnx.node("Add", List.of(variance, onnx.constant(layer.epsilon())))));
    String factor =
        onnx.node("Div", List.of(forward.channels(site.forward(), "weight"), deviation));
    return Gradients.ofInput(multiply(site.gradient(), factor));
  }

  private String sum(String value, long... axes) {
    return onnx.node("ReduceSum", List.of(value, onnx.longs(axes)), Attribute.of("keepdims", 0L));
  }

  private PoolGradient pool(GradientSite site) {
    return new PoolGradient(onnx, image(site), site.forward().node().shape());
  }

  private String batchOf(Shape sample) {
    long[] sizes = sample.batch(1).toLongs();
    sizes[0] = -1;
    return onnx.longs(sizes);
  }

  private String flat(String value) {
    return onnx.node("Reshape", List.of(value, onnx.longs(-1)));
  }

  private String multiply(String a, String b) {
    return onnx.node("Mul", List.of(a, b));
  }

  private static Shape image(GradientSite site) {
    return site.forward().node().inputShapes().get(0);
  }
}
