package dev.trifocal.backend.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
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
import java.io.IOException;
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
 * @param values what is known of the values of nodes, by name
 */
record OptimisedStep(List<NodeProto> nodes, Set<String> outputs, Map<String, StepValue> values) {

  /**
   * Opens a model without running it.
   *
   * @param batchSize samples per step
   */
  static OptimisedStep of(String name, ModelProto model, int batchSize, RunOptions options) {
    ModelProto optimised = optimised(name, model, options);
    ModelProto open = withAllOutputs(optimised);
    // Whoever plans the memory knows the batch size by name only; sizes are those of this batch.
    Map<String, TensorInfo> symbolic = outputs(name, open, options, session -> {});
    Map<String, TensorInfo> sized =
        outputs(
            name,
            open,
            options,
            session -> session.setSymbolicDimensionValue(OnnxGraphBuilder.BATCH, batchSize));
    Map<String, StepValue> values = new HashMap<>();
    sized.forEach((value, info) -> values.put(value, StepValue.of(info, symbolic.get(value))));
    return new OptimisedStep(
        optimised.getGraph().getNodeList(),
        optimised.getGraph().getOutputList().stream()
            .map(ValueInfoProto::getName)
            .collect(Collectors.toSet()),
        values);
  }

  /** Returns what is known of a value. */
  StepValue value(String name) {
    return values.getOrDefault(name, StepValue.UNKNOWN);
  }

  /** Returns the model of a step as ONNX Runtime runs it. */
  static ModelProto optimised(String name, ModelProto model, RunOptions options) {
    try (TemporaryFile file = TemporaryFile.create("trifocal-step-", ".onnx")) {
      OrtSession opened =
          OnnxSessions.open(
              name,
              model,
              options,
              session -> {
                OnnxStep.TRANSPOSITIONS_IN_PLACE.set(session);
                session.setOptimizedModelFilePath(file.path().toString());
              });
      OnnxSessions.close(opened, name);
      return read(file.path());
    }
  }

  private static ModelProto read(Path file) {
    try {
      return ModelProto.parseFrom(Files.readAllBytes(file));
    } catch (IOException e) {
      throw FileFailure.reading(file, e);
    }
  }

  /** Returns the model with the values of all nodes as outputs, whose shapes a session tells. */
  private static ModelProto withAllOutputs(ModelProto model) {
    ModelProto.Builder result = model.toBuilder();
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

  private static Map<String, TensorInfo> outputs(
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
      for (NodeInfo output : session.getOutputInfo().values()) {
        result.put(output.getName(), (TensorInfo) output.getInfo());
      }
      return result;
    } catch (OrtException e) {
      throw OnnxSessions.failure(name + ": ONNX Runtime does not tell the outputs", e);
    } finally {
      OnnxSessions.close(session, name);
    }
  }
}
