package dev.trifocal.apps.onnx.node;

import static org.assertj.core.api.Assumptions.assumeThat;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.trifocal.onnx.importer.OnnxImporter;
import dev.trifocal.onnx.internal.file.ExternalData;
import dev.trifocal.onnx.internal.file.ModelFile;
import dev.trifocal.onnx.internal.file.TensorContents;
import dev.trifocal.onnx.internal.operand.ConstantValue;
import dev.trifocal.onnx.internal.operator.OperatorTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One of ONNX's own tests of its operators: a small model with inputs and the outputs that they
 * must give. Weights are inputs too, as a rule.
 *
 * @param data a folder with {@code input_0.pb}, {@code output_0.pb} and so on
 */
record NodeCase(Path folder, ModelProto model, Path data) {
  /** Where Debian's package libonnx-testdata has them. */
  private static final String PACKAGED = "/usr/share/libonnx-testdata/data";

  private static final List<String> COLLECTIONS =
      List.of("node", "pytorch-converted", "pytorch-operator", "simple");

  /** All that are on this machine; tests are skipped where there are none. */
  static List<NodeCase> all() {
    Path root = Path.of(System.getProperty("trifocal.node-tests", PACKAGED));
    assumeThat(root)
        .as(
            "no ONNX node tests at %s; install libonnx-testdata, or set -Dtrifocal.node-tests",
            root)
        .isDirectory();
    return COLLECTIONS.stream()
        .map(root::resolve)
        .filter(Files::isDirectory)
        .flatMap(collection -> list(collection).stream())
        .filter(folder -> Files.exists(folder.resolve("model.onnx")))
        .flatMap(NodeCase::of)
        .toList();
  }

  private static Stream<NodeCase> of(Path folder) {
    ModelProto model = known(ModelFile.read(folder.resolve("model.onnx")));
    return list(folder).stream()
        .filter(path -> path.getFileName().toString().startsWith("test_data_set_"))
        .map(data -> new NodeCase(folder, model, data));
  }

  /**
   * Operators that have not changed between opset 1 and the first one that is read are as there.
   */
  private static ModelProto known(ModelProto model) {
    boolean same =
        model.getGraph().getNodeList().stream()
            .allMatch(
                node ->
                    OperatorTable.standard().find(node.getOpType()).stream()
                        .flatMap(o -> o.versions().stream())
                        .noneMatch(v -> v > 1 && v <= OnnxImporter.FIRST_OPSET));
    ModelProto.Builder result = model.toBuilder();
    for (OperatorSetIdProto.Builder opset : result.getOpsetImportBuilderList()) {
      if (same && opset.getDomain().isEmpty() && opset.getVersion() == 1) {
        opset.setVersion(OnnxImporter.FIRST_OPSET);
      }
    }
    return result.build();
  }

  /** Without the outputs after the first, which are optional as a rule. */
  NodeCase firstOutput() {
    GraphProto graph = graph().toBuilder().clearOutput().addOutput(graph().getOutput(0)).build();
    return new NodeCase(folder, model.toBuilder().setGraph(graph).build(), data);
  }

  String name() {
    return folder.getFileName().toString();
  }

  GraphProto graph() {
    return model.getGraph();
  }

  /** The operator under test: that of the only node; empty if there are several. */
  String operator() {
    List<NodeProto> nodes =
        graph().getNodeList().stream().filter(n -> !n.getOpType().equals("Constant")).toList();
    boolean own = nodes.size() == 1 && nodes.get(0).getDomain().isEmpty();
    return own && graph().getNodeCount() <= 2 ? nodes.get(0).getOpType() : "";
  }

  /** Those that are no initializers. */
  List<ValueInfoProto> inputs() {
    List<String> known = graph().getInitializerList().stream().map(TensorProto::getName).toList();
    return graph().getInputList().stream().filter(i -> !known.contains(i.getName())).toList();
  }

  /** The same model with all inputs but some as initializers. */
  ModelProto bound(Set<Integer> data) {
    GraphProto.Builder graph = graph().toBuilder().clearInput();
    List<ValueInfoProto> inputs = inputs();
    for (int i = 0; i < inputs.size(); i++) {
      String name = inputs.get(i).getName();
      if (data.contains(i)) {
        graph.addInput(inputs.get(i));
      } else {
        graph.addInitializer(proto("input", i).toBuilder().setName(name));
      }
    }
    return model.toBuilder().setGraph(graph).build();
  }

  /** Whether a data file has another type than the model says, as those of bfloat16 have. */
  boolean misfits() {
    return IntStream.range(0, inputs().size())
            .anyMatch(i -> proto("input", i).getDataType() != type(inputs().get(i)))
        || IntStream.range(0, graph().getOutputCount())
            .anyMatch(i -> proto("output", i).getDataType() != type(graph().getOutput(i)));
  }

  private static int type(ValueInfoProto value) {
    return value.getType().getTensorType().getElemType();
  }

  /** What an output may deviate, relative to its largest value: more if it is a float16. */
  double tolerance(int output) {
    return type(graph().getOutput(output)) == TensorProto.DataType.FLOAT16.getNumber()
        ? 1e-3
        : 1e-4;
  }

  ConstantValue input(int index) {
    return contents().of(proto("input", index));
  }

  ConstantValue output(int index) {
    return contents().of(proto("output", index));
  }

  private TensorContents contents() {
    return new TensorContents(new ExternalData(data));
  }

  private TensorProto proto(String kind, int index) {
    try {
      return TensorProto.parseFrom(
          Files.readAllBytes(data.resolve("%s_%d.pb".formatted(kind, index))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> list(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return new ArrayList<>(files.sorted().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
