package dev.trifocal.onnx.importer;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import dev.trifocal.error.FileException;
import dev.trifocal.error.GraphException;
import dev.trifocal.graph.Graph;
import dev.trifocal.onnx.file.ExternalData;
import dev.trifocal.onnx.file.ModelFile;
import dev.trifocal.onnx.file.NodeOrder;
import dev.trifocal.onnx.file.TensorContents;
import dev.trifocal.onnx.operand.Barrier;
import dev.trifocal.onnx.operand.Flow;
import dev.trifocal.onnx.operand.NodePath;
import dev.trifocal.onnx.operand.OnnxNode;
import dev.trifocal.onnx.operand.Operand;
import dev.trifocal.onnx.operand.Piece;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads ONNX models, opsets {@value #FIRST_OPSET} to {@value #LAST_OPSET} and any version of the
 * format, into graphs with weights. The first axis of every input is the batch, whatever size the
 * file gives it. Constants and arithmetic on shapes disappear; arithmetic that spells an activation
 * becomes that activation.
 */
public final class OnnxImporter {
  public static final int FIRST_OPSET = 6;
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
   * @throws FileException if the file is not there, truncated, damaged, or not an ONNX model, or if
   *     it names data outside its own folder
   * @throws GraphException if the file leaves sizes open that the options do not give
   */
  public static Import read(Path file, ImportOptions options) {
    return read(file, ModelFile.read(file), options);
  }

  /**
   * A model that is in memory.
   *
   * @param file where it comes from, for messages and external data
   */
  public static Import read(Path file, ModelProto model, ImportOptions options) {
    return new OnnxImporter(file, model, options).read();
  }

  private Import read() {
    try {
      GraphProto graph = model.getGraph();
      List<OnnxNode> nodes = NodeOrder.of(graph);
      Map<String, Integer> opsets = opsets();
      ModelInputs inputs = ModelInputs.of(graph, nodes, options);
      TensorContents contents = new TensorContents(new ExternalData(file));
      Interpreter interpreter = new Interpreter(nodes, opsets, contents, inputs.batch());
      Map<String, Operand> given = new HashMap<>(inputs.flows());
      graph.getInitializerList().forEach(t -> given.put(t.getName(), contents.of(t)));
      List<String> outputs = graph.getOutputList().stream().map(o -> o.getName()).toList();
      List<Operand> results = interpreter.run(given, outputs);
      int opset = opsets.getOrDefault("", 0);
      List<String> obstacles = new ArrayList<>(inputs.obstacles());
      if (opset < FIRST_OPSET || opset > LAST_OPSET) {
        obstacles.add(
            "it is of opset %d, and Trifocal knows %d to %d"
                .formatted(opset, FIRST_OPSET, LAST_OPSET));
      }
      return assembled(inputs, outputs, results, obstacles);
    } catch (GraphException e) {
      throw new GraphException("%s: %s".formatted(file, e.getMessage()), e);
    }
  }

  private Import assembled(
      ModelInputs inputs, List<String> outputs, List<Operand> results, List<String> obstacles) {
    List<Barrier> barriers = new ArrayList<>();
    Map<String, Piece> pieces = new LinkedHashMap<>();
    for (int i = 0; i < outputs.size(); i++) {
      Operand result = results.get(i);
      if (result instanceof Flow flow) {
        pieces.put(outputName(outputs.get(i), pieces), flow.settled());
      } else if (result instanceof Barrier barrier) {
        barriers.add(barrier);
      } else {
        obstacles.add("output '%s' is a constant".formatted(outputs.get(i)));
      }
    }
    Barrier.obstacles(barriers).forEach(obstacle -> obstacles.add(obstacle.toString()));
    FactReader facts = new FactReader(model);
    if (!obstacles.isEmpty()) {
      return new NotImported(obstacles, facts.of(inputs, Map.of()));
    }
    Assembly assembly = new Assembly(graphName());
    Graph graph = assembly.graph(inputs.pieces(), pieces);
    return new ImportedGraph(
        graph,
        assembly.weights().requireFit(graph.name(), graph.weightShapes()),
        facts.of(inputs, names(inputs, assembly)));
  }

  private static Map<String, String> names(ModelInputs inputs, Assembly assembly) {
    Map<String, String> result = new HashMap<>();
    inputs
        .flows()
        .forEach(
            (name, operand) -> {
              if (operand instanceof Flow flow) {
                result.put(name, assembly.path(flow.piece()));
              }
            });
    return result;
  }

  static String outputName(String name, Map<String, ?> taken) {
    String clean = NodePath.clean(name);
    String result = clean.isEmpty() ? Graph.OUTPUT : clean;
    String base = result;
    for (int count = 2; taken.containsKey(result); count++) {
      result = base + "_" + count;
    }
    return result;
  }

  private String graphName() {
    String name = NodePath.clean(model.getGraph().getName());
    return name.isEmpty() ? "graph" : name;
  }

  private Map<String, Integer> opsets() {
    Map<String, Integer> result = new HashMap<>();
    for (OperatorSetIdProto set : model.getOpsetImportList()) {
      String domain = set.getDomain().equals("ai.onnx") ? "" : set.getDomain();
      result.put(domain, (int) Math.min(Integer.MAX_VALUE, Math.max(0, set.getVersion())));
    }
    return result;
  }
}
