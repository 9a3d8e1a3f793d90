package dev.trifocal.onnx.importer;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import dev.trifocal.error.FileException;
import dev.trifocal.error.GraphException;
import dev.trifocal.error.TrifocalException;
import dev.trifocal.graph.Graph;
import dev.trifocal.onnx.OnnxGraphBuilder;
import dev.trifocal.onnx.internal.file.ExternalData;
import dev.trifocal.onnx.internal.file.FunctionInlining;
import dev.trifocal.onnx.internal.file.ModelFile;
import dev.trifocal.onnx.internal.file.NodeOrder;
import dev.trifocal.onnx.internal.file.TensorContents;
import dev.trifocal.onnx.internal.operand.DataValue;
import dev.trifocal.onnx.internal.operand.NodePath;
import dev.trifocal.onnx.internal.operand.OnnxNode;
import dev.trifocal.onnx.internal.operand.Operand;
import dev.trifocal.onnx.internal.operand.PendingNode;
import dev.trifocal.onnx.internal.operand.UniqueNames;
import dev.trifocal.onnx.internal.operand.UnsupportedValue;
import dev.trifocal.shape.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads ONNX models of opsets {@value #FIRST_OPSET} to {@value #LAST_OPSET} and any version of the
 * file format into graphs with weights. The first axis of every input is the batch, whatever its
 * size in the file. Constants and arithmetic on shapes are folded, and arithmetic that composes a
 * known layer, such as an activation, becomes that layer.
 */
public final class OnnxImporter {
  /** The oldest supported opset. */
  public static final int FIRST_OPSET = 6;

  /** The newest supported opset. */
  public static final int LAST_OPSET = 23;

  private final Path file;
  private final ModelProto model;
  private final ImportOptions options;

  private OnnxImporter(Path file, ModelProto model, ImportOptions options) {
    this.file = file;
    this.model = model;
    this.options = options;
  }

  /**
   * Reads a model from a file.
   *
   * @throws FileException if the file does not exist, is truncated, damaged or not an ONNX model,
   *     or refers to data outside its own folder
   * @throws GraphException if the model is invalid, or leaves sizes open that the options do not
   *     give
   */
  public static ImportResult read(Path file, ImportOptions options) {
    return read(file, ModelFile.read(file), options);
  }

  /**
   * Converts a model in memory.
   *
   * @param file origin of the model, used in messages and to find external data
   */
  public static ImportResult read(Path file, ModelProto model, ImportOptions options) {
    return new OnnxImporter(file, model, options).read();
  }

  private ImportResult read() {
    try {
      return MessageSanitizer.plain(imported());
    } catch (FileException e) {
      throw new FileException(MessageSanitizer.plain(e.getMessage()), e);
    } catch (OpenSizeException e) {
      throw new GraphException(
          "%s: %s; give the shape of one sample, such as [3, 224, 224] (ImportOptions.input)"
              .formatted(MessageSanitizer.plain(file.toString()), e.getMessage()),
          e);
    } catch (TrifocalException e) {
      throw new GraphException(MessageSanitizer.plain("%s: %s".formatted(file, e.getMessage())), e);
    } catch (OutOfMemoryError e) {
      throw new FileException(
          "%s needs more memory than the Java heap has; increase it, for example with -Xmx8g"
              .formatted(file),
          e);
    }
  }

  private ImportResult imported() {
    GraphProto graph = FunctionInlining.replaced(model);
    List<OnnxNode> nodes = NodeOrder.of(graph);
    Opsets opsets = Opsets.of(model);
    ModelInputs inputs = ModelInputs.of(graph, own() ? List.of() : nodes, options.or(remembered()));
    TensorContents contents = new TensorContents(new ExternalData(file));
    Interpreter interpreter = new Interpreter(opsets, contents, new SizeBudget(), inputs.batch());
    Map<String, Operand> given = new HashMap<>(inputs.flows());
    given.putAll(new Initializers(graph).of(interpreter, contents));
    List<String> outputs = graph.getOutputList().stream().map(o -> o.getName()).toList();
    List<Operand> results = interpreter.run(nodes, given, outputs);
    List<String> obstacles = new ArrayList<>(inputs.obstacles());
    opsets.obstacle(FIRST_OPSET, LAST_OPSET).ifPresent(obstacles::add);
    return assembled(inputs, outputs, results, obstacles);
  }

  /**
   * Returns whether Trifocal wrote the file, in which case its inputs have the axis order of the
   * graph.
   */
  private boolean own() {
    return model.getProducerName().equals(OnnxGraphBuilder.PRODUCER);
  }

  private ImportResult assembled(
      ModelInputs inputs, List<String> outputs, List<Operand> results, List<String> obstacles) {
    List<UnsupportedValue> unsupporteds = new ArrayList<>();
    Map<String, PendingNode> pieces = new LinkedHashMap<>();
    UniqueNames taken = new UniqueNames();
    inputs.pieces().forEach(piece -> taken.unique(piece.name()));
    List<String> names = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      names.add(taken.unique(outputName(outputs.get(i))));
      Operand result = results.get(i);
      if (result instanceof DataValue flow) {
        pieces.put(names.get(i), flow.settled());
      } else if (result instanceof UnsupportedValue unsupported) {
        unsupporteds.add(unsupported);
      } else {
        obstacles.add("output '%s' is a constant".formatted(outputs.get(i)));
      }
    }
    UnsupportedValue.obstacles(unsupporteds)
        .forEach(obstacle -> obstacles.add(obstacle.toString()));
    ModelInfoReader facts = new ModelInfoReader(model);
    int opset = Opsets.of(model).own();
    if (!obstacles.isEmpty()) {
      return new ImportFailure(obstacles, facts.of(inputs, Map.of(), opset, names));
    }
    GraphAssembly assembly = new GraphAssembly(graphName());
    Graph graph = assembly.graph(inputs.pieces(), pieces);
    return new ImportedGraph(
        graph,
        assembly.weights().requireFit(graph.name(), graph.weightShapes()),
        facts.of(inputs, paths(inputs, assembly), opset, names));
  }

  private static Map<String, String> paths(ModelInputs inputs, GraphAssembly assembly) {
    Map<String, String> result = new HashMap<>();
    inputs
        .flows()
        .forEach(
            (name, operand) -> {
              if (operand instanceof DataValue flow) {
                result.put(name, assembly.path(flow.piece()));
              }
            });
    return result;
  }

  private static String outputName(String name) {
    String clean = NodePath.clean(name);
    return clean.isEmpty() ? Graph.OUTPUT : clean;
  }

  /**
   * Returns the sample size from the metadata that Trifocal writes on export, such as {@code
   * 3x224x224}.
   */
  private Optional<Shape> remembered() {
    return model.getMetadataPropsList().stream()
        .filter(
            e ->
                e.getKey().equals("input")
                    && e.getValue().matches("[1-9]\\d{0,5}(x[1-9]\\d{0,5}){2}"))
        .map(
            e ->
                Shape.of(
                    Arrays.stream(e.getValue().split("x")).mapToInt(Integer::parseInt).toArray()))
        .findFirst();
  }

  private String graphName() {
    String name = NodePath.clean(model.getGraph().getName());
    return name.isEmpty() ? "graph" : name;
  }
}
