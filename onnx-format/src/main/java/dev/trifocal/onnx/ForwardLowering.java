package dev.trifocal.onnx;

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
import dev.trifocal.layer.Padding;
import dev.trifocal.layer.Softmax;
import dev.trifocal.layer.Window;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * What each layer is in ONNX operators. Parameters are values under their full names.
 *
 * @param modal the layers whose lowering depends on the mode
 */
public record ForwardLowering(OnnxGraphBuilder onnx, ModalLayers modal)
    implements LayerVisitor<Site, String> {

  @Override
  public String input(Input layer, Site site) {
    return onnx.batchInput(site.node().path(), layer.shape());
  }

  @Override
  public String conv2d(Conv2d layer, Site site) {
    Window window = layer.window();
    return onnx.node(
        "Conv",
        withParameters(site, layer.bias()),
        Attribute.of("kernel_shape", window.kernel().height(), window.kernel().width()),
        Attribute.of("strides", window.stride().height(), window.stride().width()),
        Attribute.of("dilations", window.dilation().height(), window.dilation().width()),
        Attribute.of("group", (long) layer.groups()),
        PoolGeometry.pads(window.padding()));
  }

  @Override
  public String dense(Dense layer, Site site) {
    return onnx.node("Gemm", withParameters(site, layer.bias()), Attribute.of("transB", 1L));
  }

  @Override
  public String maxPool2d(MaxPool2d layer, Site site) {
    return modal.maxPool2d(layer, site);
  }

  @Override
  public String avgPool2d(AvgPool2d layer, Site site) {
    PoolGeometry geometry = PoolGeometry.of(layer.window(), site.node());
    Padding own = layer.window().padding();
    boolean zeros = layer.countIncludePad() && !own.equals(Padding.NONE);
    String x = zeros ? pad(site.input(), own) : site.input();
    return onnx.node(
        "AveragePool",
        List.of(x),
        Attribute.of("kernel_shape", kernel(layer.window())),
        Attribute.of("strides", strides(layer.window())),
        PoolGeometry.pads(
            zeros
                ? geometry.reach()
                : new Padding(
                    own.top(),
                    own.left(),
                    own.bottom() + geometry.reach().bottom(),
                    own.right() + geometry.reach().right())));
  }

  @Override
  public String globalAvgPool(GlobalAvgPool layer, Site site) {
    return onnx.node("GlobalAveragePool", site.inputs());
  }

  @Override
  public String flatten(Flatten layer, Site site) {
    return onnx.node("Flatten", site.inputs(), Attribute.of("axis", 1L));
  }

  @Override
  public String activation(Activation layer, Site site) {
    return layer.function().accept(new ActivationLowering(onnx, site.input()));
  }

  @Override
  public String softmax(Softmax layer, Site site) {
    return onnx.node("Softmax", site.inputs(), Attribute.of("axis", 1L));
  }

  @Override
  public String dropout(Dropout layer, Site site) {
    return modal.dropout(layer, site);
  }

  @Override
  public String batchNorm(BatchNorm layer, Site site) {
    return modal.batchNorm(layer, site);
  }

  @Override
  public String add(Add layer, Site site) {
    return onnx.node("Sum", site.inputs());
  }

  @Override
  public String multiply(Multiply layer, Site site) {
    return onnx.node("Mul", site.inputs());
  }

  @Override
  public String concat(Concat layer, Site site) {
    return onnx.node("Concat", site.inputs(), Attribute.of("axis", 1L));
  }

  @Override
  public String affine(Affine layer, Site site) {
    Shape shape = perChannel(site.node().shape());
    String scaled =
        onnx.node("Mul", List.of(site.input(), onnx.constant(tensor(shape, layer.scale()))));
    return onnx.node("Add", List.of(scaled, onnx.constant(tensor(shape, layer.shift()))));
  }

  /** {@code [C, 1, ...]} of a sample's rank: what spreads over a batch by channel. */
  public static Shape perChannel(Shape sample) {
    int[] sizes = new int[sample.rank()];
    java.util.Arrays.fill(sizes, 1);
    sizes[0] = sample.size(0);
    return Shape.of(sizes);
  }

  /** One number per channel as a tensor. */
  public static Tensor tensor(Shape shape, List<Float> values) {
    return Tensor.floats(shape, buffer -> values.forEach(buffer::put));
  }

  private String pad(String x, Padding p) {
    return onnx.node(
        "Pad", List.of(x, onnx.longs(0, 0, p.top(), p.left(), 0, 0, p.bottom(), p.right())));
  }

  private static long[] kernel(Window window) {
    return new long[] {window.kernel().height(), window.kernel().width()};
  }

  private static long[] strides(Window window) {
    return new long[] {window.stride().height(), window.stride().width()};
  }

  private static List<String> withParameters(Site site, boolean bias) {
    List<String> inputs = new ArrayList<>(site.inputs());
    inputs.add(site.parameter("weight"));
    if (bias) {
      inputs.add(site.parameter("bias"));
    }
    return inputs;
  }
}
