package dev.trifocal.backend.onnx;

import dev.trifocal.graph.Node;
import dev.trifocal.layer.Activation;
import dev.trifocal.layer.Add;
import dev.trifocal.layer.Affine;
import dev.trifocal.layer.AvgPool2d;
import dev.trifocal.layer.BatchNorm;
import dev.trifocal.layer.BatchReduce;
import dev.trifocal.layer.Concat;
import dev.trifocal.layer.Conv2d;
import dev.trifocal.layer.ConvTranspose2d;
import dev.trifocal.layer.Dense;
import dev.trifocal.layer.Divide;
import dev.trifocal.layer.Dropout;
import dev.trifocal.layer.Flatten;
import dev.trifocal.layer.GlobalAvgPool;
import dev.trifocal.layer.GlobalMaxPool;
import dev.trifocal.layer.GroupNorm;
import dev.trifocal.layer.Input;
import dev.trifocal.layer.LayerVisitor;
import dev.trifocal.layer.Learned;
import dev.trifocal.layer.LocalResponseNorm;
import dev.trifocal.layer.LogSoftmax;
import dev.trifocal.layer.MatMul;
import dev.trifocal.layer.MaxPool2d;
import dev.trifocal.layer.Multiply;
import dev.trifocal.layer.PRelu;
import dev.trifocal.layer.Pad2d;
import dev.trifocal.layer.Reduce;
import dev.trifocal.layer.Reshape;
import dev.trifocal.layer.Slice;
import dev.trifocal.layer.Softmax;
import dev.trifocal.layer.Transpose;
import dev.trifocal.layer.Upsample2d;
import dev.trifocal.onnx.Attribute;
import dev.trifocal.onnx.ForwardLowering;
import dev.trifocal.onnx.OnnxGraphBuilder;
import dev.trifocal.shape.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

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
  public Gradients learned(Learned layer, GradientSite site) {
    return site.trained()
        ? new Gradients(List.of(), Map.of(site.parameter("weight"), sum(site.gradient(), 0)))
        : Gradients.NONE;
  }

  @Override
  public Gradients convTranspose2d(ConvTranspose2d layer, GradientSite site) {
    ConvTransposeGradient rules =
        ConvTransposeGradient.of(onnx, layer, image(site), site.forward().node().shape());
    String covered = rules.covered(site.gradient());
    Map<String, String> parameters = new LinkedHashMap<>();
    if (site.trained()) {
      parameters.put(site.parameter("weight"), rules.weight(site.input(), covered));
      if (layer.bias()) {
        parameters.put(site.parameter("bias"), sum(site.gradient(), 0, 2, 3));
      }
    }
    return new Gradients(
        List.of(
            site.inputWanted()
                ? rules.input(site.parameter("weight"), covered)
                : Gradients.UNWANTED),
        parameters);
  }

  @Override
  public Gradients matMul(MatMul layer, GradientSite site) {
    List<String> values = site.forward().inputs();
    String dy = site.gradient();
    return new Gradients(
        List.of(
            onnx.node("MatMul", List.of(dy, turned(values.get(1), site))),
            onnx.node("MatMul", List.of(turned(values.get(0), site), dy))),
        Map.of());
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
  public Gradients globalMaxPool(GlobalMaxPool layer, GradientSite site) {
    return Gradients.ofInput(reductions(site).ofGlobalMax(site.input(), site.gradient()));
  }

  @Override
  public Gradients reduce(Reduce layer, GradientSite site) {
    return Gradients.ofInput(
        reductions(site).ofReduce(layer, site.input(), site.output(), site.gradient()));
  }

  @Override
  public Gradients batchReduce(BatchReduce layer, GradientSite site) {
    return Gradients.ofInput(reductions(site).ofBatch(layer, site.input(), site.gradient()));
  }

  @Override
  public Gradients flatten(Flatten layer, GradientSite site) {
    return Gradients.ofInput(moves(site).reshaped(site.gradient()));
  }

  @Override
  public Gradients reshape(Reshape layer, GradientSite site) {
    return Gradients.ofInput(moves(site).reshaped(site.gradient()));
  }

  @Override
  public Gradients transpose(Transpose layer, GradientSite site) {
    return Gradients.ofInput(moves(site).ofTranspose(layer, site.gradient()));
  }

  @Override
  public Gradients slice(Slice layer, GradientSite site) {
    return Gradients.ofInput(
        moves(site).ofSlice(layer, site.forward().node().shape(), site.gradient()));
  }

  @Override
  public Gradients pad2d(Pad2d layer, GradientSite site) {
    return Gradients.ofInput(moves(site).ofPad(layer, site.gradient()));
  }

  @Override
  public Gradients upsample2d(Upsample2d layer, GradientSite site) {
    return Gradients.ofInput(moves(site).ofUpsample(layer, site.gradient()));
  }

  @Override
  public Gradients pRelu(PRelu layer, GradientSite site) {
    return new SlopeGradient(onnx, site).of(layer);
  }

  @Override
  public Gradients groupNorm(GroupNorm layer, GradientSite site) {
    return new NormGradient(onnx, site).ofGroup(layer);
  }

  @Override
  public Gradients localResponseNorm(LocalResponseNorm layer, GradientSite site) {
    return Gradients.ofInput(new NormGradient(onnx, site).ofLocalResponse(layer));
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
    return Gradients.ofInput(SoftmaxGradient.of(onnx, site, layer.axis()).ofShares());
  }

  @Override
  public Gradients logSoftmax(LogSoftmax layer, GradientSite site) {
    return Gradients.ofInput(SoftmaxGradient.of(onnx, site, layer.axis()).ofLogarithms());
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
    return new BatchNormGradient(onnx, forward, site).of(layer);
  }

  @Override
  public Gradients add(Add layer, GradientSite site) {
    List<String> results =
        IntStream.range(0, site.wanted().size())
            .mapToObj(input -> reduced(site, input, site.gradient()))
            .toList();
    return new Gradients(results, Map.of());
  }

  @Override
  public Gradients multiply(Multiply layer, GradientSite site) {
    List<String> values = site.forward().inputs();
    List<String> results = new ArrayList<>();
    for (int input = 0; input < 2; input++) {
      results.add(
          site.wanted().get(input)
              ? reduced(site, input, multiply(site.gradient(), values.get(1 - input)))
              : Gradients.UNWANTED);
    }
    return new Gradients(results, Map.of());
  }

  @Override
  public Gradients divide(Divide layer, GradientSite site) {
    String divisor = site.forward().inputs().get(1);
    String share = onnx.node("Div", List.of(site.gradient(), divisor));
    return new Gradients(
        List.of(
            reduced(site, 0, share),
            site.wanted().get(1)
                ? reduced(site, 1, onnx.node("Neg", List.of(multiply(share, site.output()))))
                : Gradients.UNWANTED),
        Map.of());
  }

  @Override
  public Gradients concat(Concat layer, GradientSite site) {
    List<String> results = new ArrayList<>();
    long start = 0;
    for (Shape shape : site.forward().node().inputShapes()) {
      long end = start + shape.size(layer.axis());
      results.add(
          onnx.node(
              "Slice",
              List.of(
                  site.gradient(),
                  onnx.longs(start),
                  onnx.longs(end),
                  onnx.longs(layer.axis() + 1))));
      start = end;
    }
    return new Gradients(results, Map.of());
  }

  @Override
  public Gradients affine(Affine layer, GradientSite site) {
    String scale =
        onnx.constant(ForwardLowering.numbers(site.forward().node().shape(), layer.scale()));
    return Gradients.ofInput(multiply(site.gradient(), scale));
  }

  private String sum(String value, long... axes) {
    return onnx.node("ReduceSum", List.of(value, onnx.longs(axes)), Attribute.of("keepdims", 0L));
  }

  private PoolGradient pool(GradientSite site) {
    return new PoolGradient(onnx, image(site), site.forward().node().shape());
  }

  private MoveGradient moves(GradientSite site) {
    return new MoveGradient(onnx, image(site));
  }

  private ReductionGradient reductions(GradientSite site) {
    return new ReductionGradient(onnx, image(site));
  }

  /** What a broadcast input gets of a gradient of the output's shape. */
  private String reduced(GradientSite site, int input, String gradient) {
    Node node = site.forward().node();
    if (!site.wanted().get(input)) {
      return Gradients.UNWANTED;
    }
    return new ReductionGradient(onnx, node.inputShapes().get(input))
        .ofBroadcast(node.shape(), site.batched().get(input) != node.batched(), gradient);
  }

  private String turned(String matrix, GradientSite site) {
    int rank = site.forward().node().shape().rank() + 1;
    long[] order = LongStream.range(0, rank).toArray();
    order[rank - 1] = rank - 2L;
    order[rank - 2] = rank - 1L;
    return onnx.node("Transpose", List.of(matrix), Attribute.of("perm", order));
  }

  private String multiply(String a, String b) {
    return onnx.node("Mul", List.of(a, b));
  }

  private static Shape image(GradientSite site) {
    return site.forward().node().inputShapes().get(0);
  }
}
