package dev.trifocal.backend.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import ai.onnxruntime.TensorInfo;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.file.FileFailure;
import dev.trifocal.file.TemporaryFile;
import dev.trifocal.onnx.OnnxGraphBuilder;
import dev.trifocal.weights.Weights;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A step as ONNX Runtime runs it, after its optimisation.
 *
 * @param nodes nodes in the order of execution
 * @param outputs names of the model's outputs
 * @param values what is known of inputs, constants and the values of nodes, by name
 * @param constants bytes that the session takes for constants, see {@link SessionConstants}
 * @param threads threads that an operator may use
 */
record OptimisedStep(
    List<NodeProto> nodes,
    Set<String> outputs,
    Map<String, StepValue> values,
    long constants,
    int threads) {
  /** Constants from this size on, in bytes, are weights; smaller ones may be shapes. */
  private static final int LARGE_CONSTANT = 1 << 12;

  /**
   * Opens a model without running it.
   *
   * @param frozen the weights that are constants of the model
   * @param batchSize samples per step
   */
  static OptimisedStep of(
      String name, ModelProto model, Weights frozen, int batchSize, RunOptions options) {
    ModelProto optimised = optimised(name, model, frozen, options);
    ModelProto open = withAllOutputs(optimised);
    // Whoever plans the memory knows the batch size by name only; sizes are those of this batch.
    Map<String, TensorInfo> symbolic = values(name, open, options, session -> {});
    Map<String, TensorInfo> sized =
        values(
            name,
            open,
            options,
            session -> session.setSymbolicDimensionValue(OnnxGraphBuilder.BATCH, batchSize));
    Map<String, StepValue> values = new HashMap<>();
    sized.forEach((value, info) -> values.put(value, StepValue.of(info, symbolic.get(value))));
    optimised
        .getGraph()
        .getInitializerList()
        .forEach(constant -> values.put(constant.getName(), StepValue.constant(constant)));
    return new OptimisedStep(
        DepthFirstOrder.of(optimised.getGraph().getNodeList(), model.getGraph().getNodeList()),
        optimised.getGraph().getOutputList().stream()
            .map(ValueInfoProto::getName)
            .collect(Collectors.toSet()),
        values,
        SessionConstants.bytes(optimised.getGraph(), frozen.tensors().keySet()),
        options.threadCount());
  }

  /** Returns what is known of a value. */
  StepValue value(String name) {
    return values.getOrDefault(name, StepValue.UNKNOWN);
  }

  /** Returns the model of a step as ONNX Runtime runs it. */
  static ModelProto optimised(String name, ModelProto model, Weights frozen, RunOptions options) {
    // Weights in a file of their own need not be read.
    try (TemporaryFile file = TemporaryFile.create("trifocal-step-", ".onnx");
        TemporaryFile weights = TemporaryFile.create("trifocal-step-", ".weights");
        SharedWeights shared = SharedWeights.of(model, frozen)) {
      OrtSession opened =
          OnnxSessions.open(
              name,
              shared.model(),
              options,
              session -> {
                OnnxStep.TRANSPOSITIONS_IN_PLACE.set(session);
                shared.addTo(session);
                session.setOptimizedModelFilePath(file.path().toString());
                session.addConfigEntry(
                    "session.optimized_model_external_initializers_file_name",
                    weights.path().getFileName().toString());
                session.addConfigEntry(
                    "session.optimized_model_external_initializers_min_size_in_bytes",
                    String.valueOf(LARGE_CONSTANT));
              });
      OnnxSessions.close(opened, name);
      return read(file.path());
    }
  }

  private static ModelProto read(Path file) {
    try (InputStream stream = new BufferedInputStream(Files.newInputStream(file))) {
      return ModelProto.parseFrom(stream);
    } catch (IOException e) {
      throw FileFailure.reading(file, e);
    }
  }

  /**
   * Returns the model with the values of all nodes as outputs, whose shapes a session tells. Large
   * constants become inputs, so that the session does not hold them.
   */
  private static ModelProto withAllOutputs(ModelProto model) {
    ModelProto.Builder result = model.toBuilder();
    GraphProto.Builder graph = result.getGraphBuilder().clearInitializer();
    for (TensorProto constant : model.getGraph().getInitializerList()) {
      if (constant.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
        graph.addInput(input(constant));
      } else {
        graph.addInitializer(constant);
      }
    }
    Set<String> outputs = new HashSet<>();
    result.getGraph().getOutputList().forEach(output -> outputs.add(output.getName()));
    for (NodeProto node : model.getGraph().getNodeList()) {
      for (String output : node.getOutputList()) {
        if (!output.isEmpty() && outputs.add(output)) {
          result.getGraphBuilder().addOutput(ValueInfoProto.newBuilder().setName(output).build());
        }
      }
    }
    return result.build();
  }

  private static ValueInfoProto input(TensorProto constant) {
    TypeProto.Tensor.Builder type =
        TypeProto.Tensor.newBuilder().setElemType(constant.getDataType());
    for (long size : constant.getDimsList()) {
      type.getShapeBuilder()
          .addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(size).build());
    }
    return ValueInfoProto.newBuilder()
        .setName(constant.getName())
        .setType(TypeProto.newBuilder().setTensorType(type).build())
        .build();
  }

  private static Map<String, TensorInfo> values(
      String name, ModelProto model, RunOptions options, OnnxSessions.FurtherOptions further) {
    OrtSession session =
        OnnxSessions.open(
            name,
            model,
            options,
            settings -> {
              settings.setOptimizationLevel(OptLevel.BASIC_OPT);
              further.set(settings);
            });
    try {
      Map<String, TensorInfo> result = new HashMap<>();
      for (NodeInfo value : session.getInputInfo().values()) {
        result.put(value.getName(), (TensorInfo) value.getInfo());
      }
      for (NodeInfo value : session.getOutputInfo().values()) {
        result.put(value.getName(), (TensorInfo) value.getInfo());
      }
      return result;
    } catch (OrtException e) {
      throw OnnxSessions.failure(name + ": ONNX Runtime does not tell the sizes of values", e);
    } finally {
      OnnxSessions.close(session, name);
    }
  }
}
