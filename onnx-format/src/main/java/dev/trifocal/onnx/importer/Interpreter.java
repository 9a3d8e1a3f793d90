package dev.trifocal.onnx.importer;

import ai.onnx.proto.OnnxMl.TensorProto;
import dev.trifocal.error.FileException;
import dev.trifocal.error.TrifocalException;
import dev.trifocal.onnx.file.TensorContents;
import dev.trifocal.onnx.folding.Folding;
import dev.trifocal.onnx.operand.Barrier;
import dev.trifocal.onnx.operand.Call;
import dev.trifocal.onnx.operand.Numbers;
import dev.trifocal.onnx.operand.OnnxNode;
import dev.trifocal.onnx.operand.Operand;
import dev.trifocal.onnx.operand.Operator;
import dev.trifocal.onnx.operand.Surroundings;
import dev.trifocal.onnx.operator.Operators;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Works out what each value of a file is, node by node. */
final class Interpreter implements Surroundings {
  private final List<OnnxNode> nodes;
  private final Map<String, Integer> opsets;
  private final TensorContents contents;
  private final OptionalLong batch;
  private final Operators operators = Operators.standard();
  private final Folding folding = Folding.standard();
  private final Map<String, Operand> values = new HashMap<>();
  private final Map<String, Call> makers = new HashMap<>();
  private final Map<String, Integer> uses = new HashMap<>();

  /**
   * @param opsets version by domain
   */
  Interpreter(
      List<OnnxNode> nodes,
      Map<String, Integer> opsets,
      TensorContents contents,
      OptionalLong batch) {
    this.nodes = nodes;
    this.opsets = opsets;
    this.contents = contents;
    this.batch = batch;
  }

  /**
   * @param given inputs and initializers
   * @param outputs the values that are wanted
   * @return what these are
   */
  List<Operand> run(Map<String, Operand> given, List<String> outputs) {
    values.putAll(given);
    outputs.forEach(output -> uses.merge(output, 1, Integer::sum));
    Set<String> needed = new HashSet<>(outputs);
    List<OnnxNode> wanted = new ArrayList<>();
    for (int i = nodes.size() - 1; i >= 0; i--) {
      OnnxNode node = nodes.get(i);
      if (node.outputs().stream().anyMatch(needed::contains)) {
        wanted.add(0, node);
        needed.addAll(node.inputs());
        node.inputs().forEach(input -> uses.merge(input, 1, Integer::sum));
      }
    }
    wanted.forEach(this::read);
    return outputs.stream().map(values::get).toList();
  }

  private void read(OnnxNode node) {
    List<Optional<Operand>> inputs =
        node.inputs().stream().map(name -> Optional.ofNullable(values.get(name))).toList();
    Call call = new Call(node, opsets.getOrDefault(node.domain(), 0), inputs, this);
    List<? extends Operand> results = results(call);
    for (int i = 0; i < node.outputs().size(); i++) {
      String name = node.outputs().get(i);
      makers.put(name, call);
      values.put(name, i < results.size() ? results.get(i) : unmade(call, results, i));
    }
  }

  /** What is made of an output that its reading leaves out. */
  private static Operand unmade(Call call, List<? extends Operand> results, int output) {
    return results.get(0) instanceof Barrier all
        ? all
        : barrier(call.node(), "has an output %d, which no layer has".formatted(output), List.of());
  }

  private List<? extends Operand> results(Call call) {
    OnnxNode node = call.node();
    List<Barrier> causes =
        call.inputs().stream()
            .flatMap(Optional::stream)
            .flatMap(operand -> operand instanceof Barrier b ? Optional.of(b).stream() : null)
            .toList();
    try {
      if (node.domain().isEmpty() && folding.applies(call)) {
        return folding.fold(call);
      }
      Optional<Operator> operator =
          node.domain().isEmpty() ? operators.find(node.operator()) : Optional.empty();
      if (operator.isEmpty()) {
        return List.of(barrier(node, unknown(node), causes));
      }
      List<Operand> results = operators.spelled(call).orElse(List.of());
      if (!results.isEmpty()) {
        return results;
      }
      return causes.isEmpty()
          ? operator.get().reading().read(call)
          : List.of(new Barrier(Optional.empty(), causes));
    } catch (FileException e) {
      throw e;
    } catch (TrifocalException | ArithmeticException e) {
      return List.of(barrier(node, e.getMessage(), causes));
    }
  }

  private static String unknown(OnnxNode node) {
    return node.domain().isEmpty()
        ? "Trifocal has no layer for this operator"
        : "the operator belongs to '%s' and not to ONNX".formatted(node.domain());
  }

  private static Barrier barrier(OnnxNode node, String reason, List<Barrier> causes) {
    return new Barrier(
        Optional.of(new Barrier.Obstacle(node.name(), node.operator(), reason)), causes);
  }

  @Override
  public Optional<Call> maker(String value) {
    return Optional.ofNullable(makers.get(value));
  }

  @Override
  public int uses(String value) {
    return uses.getOrDefault(value, 0);
  }

  @Override
  public OptionalLong batch() {
    return batch;
  }

  @Override
  public Numbers contents(TensorProto tensor) {
    return contents.of(tensor);
  }
}
