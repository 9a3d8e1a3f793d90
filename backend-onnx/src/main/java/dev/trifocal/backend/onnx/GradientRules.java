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
import dev.trifocal.layer.LearnableInput;
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
 * The gradient rules of all layers in ONNX operators: from the gradient of a layer's output to
 * those of its inputs and parameters.
 *
 * @param forward values kept by the forward pass
 */
record GradientRules(OnnxGraphBuilder onnx, TrainingModeLayers forward)
    implements LayerVisitor<GradientContext, LayerGradients> {

  @Override
  public LayerGradients input(Input layer, GradientContext site) {
    return LayerGradients.NONE;
  }

  @Override
  public LayerGradients conv2d(Conv2d layer, GradientContext site) {
    Shape output = site.forward().node().shape();
    Map<String, String> parameters = new LinkedHashMap<>();
    if (site.trained()) {
      ConvolutionWeightGradient weight =
          new ConvolutionWeightGradient(
              onnx, forward.values(), layer, image(site), output, forward.batch());
      parameters.put(
          site.parameter("weight"),
          weight.of(weight.fastest(site.input(), site.gradient()), site.input(), site.gradient()));
      if (layer.bias()) {
        parameters.put(site.parameter("bias"), channelSums(site.gradient(), output));
      }
    }
    ConvolutionInputGradient input =
        new ConvolutionInputGradient(
            onnx, forward.values(), layer, image(site), output, forward.batch());
    return new LayerGradients(
        List.of(
            site.inputWanted()
                ? input.of(input.fastest(), site.parameter("weight"), site.gradient())
                : LayerGradients.UNWANTED),
        parameters);
  }

  @Override
  public LayerGradients learnableInput(LearnableInput layer, GradientContext site) {
    return site.trained()
        ? new LayerGradients(List.of(), Map.of(site.parameter("weight"), sum(site.gradient(), 0)))
        : LayerGradients.NONE;
  }

  @Override
  public LayerGradients convTranspose2d(ConvTranspose2d layer, GradientContext site) {
    ConvTransposeGradient rules =
        ConvTransposeGradient.of(onnx, forward, layer, image(site), site.forward().node().shape());
    String covered = rules.covered(site.gradient());
    Map<String, String> parameters = new LinkedHashMap<>();
    if (site.trained()) {
      parameters.put(site.parameter("weight"), rules.weight(site.input(), covered));
      if (layer.bias()) {
        parameters.put(
            site.parameter("bias"), channelSums(site.gradient(), site.forward().node().shape()));
      }
    }
    return new LayerGradients(
        List.of(
            site.inputWanted()
                ? rules.input(site.parameter("weight"), covered)
                : LayerGradients.UNWANTED),
        parameters);
  }

  @Override
  public LayerGradients matMul(MatMul layer, GradientContext site) {
    List<String> values = site.forward().inputs();
    String dy = site.gradient();
    return new LayerGradients(
        List.of(
            onnx.node("MatMul", List.of(dy, turned(values.get(1), site))),
            onnx.node("MatMul", List.of(turned(values.get(0), site), dy))),
        Map.of());
  }

  @Override
  public LayerGradients dense(Dense layer, GradientContext site) {
    Map<String, String> parameters = new LinkedHashMap<>();
    if (site.trained()) {
      parameters.put(
          site.parameter("weight"),
          onnx.node("Gemm", List.of(site.gradient(), site.input()), Attribute.of("transA", 1L)));
      if (layer.bias()) {
        parameters.put(site.parameter("bias"), sum(site.gradient(), 0));
      }
    }
    return new LayerGradients(
        List.of(
            site.inputWanted()
                ? onnx.node("Gemm", List.of(site.gradient(), site.parameter("weight")))
                : LayerGradients.UNWANTED),
        parameters);
  }

  @Override
  public LayerGradients maxPool2d(MaxPool2d layer, GradientContext site) {
    String indices = forward.indices(site.forward().node().path());
    PoolGradient pool = pool(site);
    String result = pool.ofMax(layer.window(), indices, site.gradient());
    return LayerGradients.ofInput(
        site.batched().get(0) ? onnx.batchValue(result, pool.image()) : result);
  }

  @Override
  public LayerGradients avgPool2d(AvgPool2d layer, GradientContext site) {
    return LayerGradients.ofInput(pool(site).ofAverage(layer, site.gradient()));
  }

  @Override
  public LayerGradients globalAvgPool(GlobalAvgPool layer, GradientContext site) {
    Shape image = image(site);
    double share = 1.0 / ((long) image.size(1) * image.size(2));
    return LayerGradients.ofInput(
        onnx.node(
            "Expand",
            List.of(
                multiply(site.gradient(), onnx.constant(share)),
                onnx.longs(1, 1, image.size(1), image.size(2)))));
  }

  @Override
  public LayerGradients globalMaxPool(GlobalMaxPool layer, GradientContext site) {
    return LayerGradients.ofInput(reductions(site).ofGlobalMax(site.input(), site.gradient()));
  }

  @Override
  public LayerGradients reduce(Reduce layer, GradientContext site) {
    return LayerGradients.ofInput(
        reductions(site).ofReduce(layer, site.input(), site.output(), site.gradient()));
  }

  @Override
  public LayerGradients batchReduce(BatchReduce layer, GradientContext site) {
    return LayerGradients.ofInput(reductions(site).ofBatch(layer, site.input(), site.gradient()));
  }

  @Override
  public LayerGradients flatten(Flatten layer, GradientContext site) {
    return LayerGradients.ofInput(shapeOps(site).reshaped(site.gradient()));
  }

  @Override
  public LayerGradients reshape(Reshape layer, GradientContext site) {
    return LayerGradients.ofInput(shapeOps(site).reshaped(site.gradient()));
  }

  @Override
  public LayerGradients transpose(Transpose layer, GradientContext site) {
    return LayerGradients.ofInput(shapeOps(site).ofTranspose(layer, site.gradient()));
  }

  @Override
  public LayerGradients slice(Slice layer, GradientContext site) {
    return LayerGradients.ofInput(
        shapeOps(site).ofSlice(layer, site.forward().node().shape(), site.gradient()));
  }

  @Override
  public LayerGradients pad2d(Pad2d layer, GradientContext site) {
    return LayerGradients.ofInput(shapeOps(site).ofPad(layer, site.gradient()));
  }

  @Override
  public LayerGradients upsample2d(Upsample2d layer, GradientContext site) {
    return LayerGradients.ofInput(shapeOps(site).ofUpsample(layer, site.gradient()));
  }

  @Override
  public LayerGradients pRelu(PRelu layer, GradientContext site) {
    return new SlopeGradient(onnx, site).of(layer);
  }

  @Override
  public LayerGradients groupNorm(GroupNorm layer, GradientContext site) {
    return new NormGradient(onnx, site).ofGroup(layer);
  }

  @Override
  public LayerGradients localResponseNorm(LocalResponseNorm layer, GradientContext site) {
    return LayerGradients.ofInput(new NormGradient(onnx, site).ofLocalResponse(layer));
  }

  @Override
  public LayerGradients activation(Activation layer, GradientContext site) {
    return forward
        .layouts()
        .elementwise(
            site,
            given ->
                LayerGradients.ofInput(
                    layer
                        .function()
                        .accept(
                            new ActivationGradient(
                                onnx, given.input(), given.output(), given.gradient()))));
  }

  @Override
  public LayerGradients softmax(Softmax layer, GradientContext site) {
    return LayerGradients.ofInput(SoftmaxGradient.of(onnx, site, layer.axis()).ofShares());
  }

  @Override
  public LayerGradients logSoftmax(LogSoftmax layer, GradientContext site) {
    return LayerGradients.ofInput(SoftmaxGradient.of(onnx, site, layer.axis()).ofLogarithms());
  }

  @Override
  public LayerGradients dropout(Dropout layer, GradientContext site) {
    String path = site.forward().node().path();
    return LayerGradients.ofInput(
        forward.masks().containsKey(path)
            ? multiply(site.gradient(), TrainingModeLayers.maskName(path))
            : site.gradient());
  }

  @Override
  public LayerGradients batchNorm(BatchNorm layer, GradientContext site) {
    return new BatchNormGradient(onnx, forward, site).of(layer);
  }

  @Override
  public LayerGradients add(Add layer, GradientContext site) {
    return forward.layouts().elementwise(site, this::sumGradients);
  }

  private LayerGradients sumGradients(GradientContext site) {
    List<String> results =
        IntStream.range(0, site.wanted().size())
            .mapToObj(input -> reduced(site, input, site.gradient()))
            .toList();
    return new LayerGradients(results, Map.of());
  }

  @Override
  public LayerGradients multiply(Multiply layer, GradientContext site) {
    return forward.layouts().elementwise(site, this::productGradients);
  }

  private LayerGradients productGradients(GradientContext site) {
    List<String> values = site.forward().inputs();
    List<String> results = new ArrayList<>();
    for (int input = 0; input < 2; input++) {
      results.add(
          site.wanted().get(input)
              ? reduced(site, input, multiply(site.gradient(), values.get(1 - input)))
              : LayerGradients.UNWANTED);
    }
    return new LayerGradients(results, Map.of());
  }

  @Override
  public LayerGradients divide(Divide layer, GradientContext site) {
    String divisor = site.forward().inputs().get(1);
    String share = onnx.node("Div", List.of(site.gradient(), divisor));
    return new LayerGradients(
        List.of(
            reduced(site, 0, share),
            site.wanted().get(1)
                ? reduced(site, 1, onnx.node("Neg", List.of(multiply(share, site.output()))))
                : LayerGradients.UNWANTED),
        Map.of());
  }

  @Override
  public LayerGradients concat(Concat layer, GradientContext site) {
    return layer.axis() == 0
        ? forward.layouts().concat(site, given -> parts(layer, given))
        : parts(layer, site);
  }

  private LayerGradients parts(Concat layer, GradientContext site) {
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
    return new LayerGradients(results, Map.of());
  }

  @Override
  public LayerGradients affine(Affine layer, GradientContext site) {
    String scale =
        onnx.constant(ForwardLowering.numbers(site.forward().node().shape(), layer.scale()));
    return LayerGradients.ofInput(multiply(site.gradient(), scale));
  }

  /** Returns the sum of each channel over batch and space, {@code [C]}. */
  private String channelSums(String value, Shape sample) {
    NchwcValues values = forward.values();
    if (!values.has(value)) {
      return sum(value, 0, 2, 3);
    }
    String blocked = values.blocked(value);
    return multiply(values.channelMeans(blocked, sample), forward.countPerChannel(blocked, sample));
  }

  private String sum(String value, long... axes) {
    return onnx.node("ReduceSum", List.of(value, onnx.longs(axes)), Attribute.of("keepdims", 0L));
  }

  private PoolGradient pool(GradientContext site) {
    return new PoolGradient(onnx, image(site), site.forward().node().shape());
  }

  private ShapeOpGradient shapeOps(GradientContext site) {
    return new ShapeOpGradient(onnx, image(site));
  }

  private ReductionGradient reductions(GradientContext site) {
    return new ReductionGradient(onnx, image(site));
  }

  /** Returns the gradient of a broadcast input, reduced from the shape of the output. */
  private String reduced(GradientContext site, int input, String gradient) {
    Node node = site.forward().node();
    if (!site.wanted().get(input)) {
      return LayerGradients.UNWANTED;
    }
    return new ReductionGradient(onnx, node.inputShapes().get(input))
        .ofBroadcast(node.shape(), site.batched().get(input) != node.batched(), gradient);
  }

  private String turned(String matrix, GradientContext site) {
    int rank = site.forward().node().shape().rank() + 1;
    long[] order = LongStream.range(0, rank).toArray();
    order[rank - 1] = rank - 2L;
    order[rank - 2] = rank - 1L;
    return onnx.node("Transpose", List.of(matrix), Attribute.of("perm", order));
  }

  private String multiply(String a, String b) {
    return onnx.node("Mul", List.of(a, b));
  }

  private static Shape image(GradientContext site) {
    return site.forward().node().inputShapes().get(0);
  }
}
