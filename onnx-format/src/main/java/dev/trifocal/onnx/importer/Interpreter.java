package dev.trifocal.onnx.importer;

import ai.onnx.proto.OnnxMl.TensorProto;
import dev.trifocal.error.FileException;
import dev.trifocal.error.GraphException;
import dev.trifocal.error.TrifocalException;
import dev.trifocal.onnx.internal.file.TensorContents;
import dev.trifocal.onnx.internal.folding.Folding;
import dev.trifocal.onnx.internal.operand.ConstantValue;
import dev.trifocal.onnx.internal.operand.FileContext;
import dev.trifocal.onnx.internal.operand.NodeCall;
import dev.trifocal.onnx.internal.operand.OnnxNode;
import dev.trifocal.onnx.internal.operand.Operand;
import dev.trifocal.onnx.internal.operand.Operator;
import dev.trifocal.onnx.internal.operand.UnsupportedValue;
import dev.trifocal.onnx.internal.operator.OperatorTable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Evaluates the nodes of a file symbolically and determines what each value becomes. */
final class Interpreter implements FileContext {
  /** The prefix of the message of an error that no operator's reading anticipates. */
  static final String UNFORESEEN = "is inconsistent";

  private final Opsets opsets;
  private final TensorContents contents;
  private final SizeBudget budget;
  private int place;
  private final OptionalLong batch;
  private final OperatorTable operatorTable = OperatorTable.standard();
  private final Folding folding = Folding.standard();
  private final IfBranches branches = new IfBranches();
  private final Map<String, Operand> values = new HashMap<>();
  private final Map<String, NodeCall> makers = new HashMap<>();
  private final UseCounts uses = new UseCounts();

  Interpreter(Opsets opsets, TensorContents contents, SizeBudget budget, OptionalLong batch) {
    this.opsets = opsets;
    this.contents = contents;
    this.budget = budget;
    this.batch = batch;
  }

  /**
   * Evaluates nodes.
   *
   * @param nodes nodes in topological order
   * @param given inputs and initializers by name
   * @param outputs names of the required values
   * @return the required values
   */
  List<Operand> run(List<OnnxNode> nodes, Map<String, Operand> given, List<String> outputs) {
    values.putAll(given);
    uses.needed(nodes, outputs).forEach(this::read);
    return outputs.stream().map(values::get).toList();
  }

  private void read(OnnxNode node) {
    place++;
    List<Optional<Operand>> inputs =
        node.inputs().stream().map(name -> Optional.ofNullable(values.get(name))).toList();
    NodeCall call = new NodeCall(node, opsets.of(node), inputs, this);
    List<? extends Operand> results = results(call);
    for (int i = 0; i < node.outputs().size(); i++) {
      String name = node.outputs().get(i);
      if (!name.isEmpty()) {
        makers.put(name, call);
        values.put(name, i < results.size() ? results.get(i) : unmade(call, results, i));
      }
    }
  }

  /** Returns the value of an output that the operator's reading does not provide. */
  private Operand unmade(NodeCall call, List<? extends Operand> results, int output) {
    return !results.isEmpty() && results.get(0) instanceof UnsupportedValue all
        ? all
        : barrier(call.node(), "output %d is not supported".formatted(output), List.of());
  }

  private List<? extends Operand> results(NodeCall call) {
    List<UnsupportedValue> causes =
        call.inputs().stream()
            .flatMap(Optional::stream)
            .flatMap(
                operand -> operand instanceof UnsupportedValue b ? Optional.of(b).stream() : null)
            .toList();
    try {
      List<? extends Operand> results = known(call, causes);
      NumberCount.of(results).forEach(budget::take);
      return results;
    } catch (FileException e) {
      throw e;
    } catch (TrifocalException e) {
      return List.of(barrier(call.node(), e.getMessage(), causes));
    } catch (RuntimeException e) {
      // Invalid files fail in ways that cannot all be anticipated; report the node and continue.
      return List.of(barrier(call.node(), UNFORESEEN + ": " + e.getMessage(), causes));
    }
  }

  private List<? extends Operand> known(NodeCall call, List<UnsupportedValue> causes) {
    OnnxNode node = call.node();
    if (node.domain().isEmpty() && causes.isEmpty() && folding.applies(call)) {
      return folding.fold(call);
    }
    if (IfBranches.are(call)) {
      return branches.read(call, this::branch, values::containsKey);
    }
    Optional<Operator> operator =
        node.domain().isEmpty() ? operatorTable.find(node.operator()) : Optional.empty();
    boolean folded = node.domain().isEmpty() && folding.worksOnSizes(node.operator());
    if (operator.isEmpty() && !(folded && !causes.isEmpty())) {
      return List.of(barrier(node, opsets.unknown(node), causes));
    }
    if (call.inputs().isEmpty()) {
      throw new GraphException("has no inputs");
    }
    List<Operand> results = operatorTable.spelled(call).orElse(List.of());
    if (!results.isEmpty()) {
      return results;
    }
    return operator.isPresent() && causes.isEmpty()
        ? operator.get().reading().read(call)
        : List.of(new UnsupportedValue(Optional.empty(), causes));
  }

  /**
   * Evaluates a branch and then removes its values, because another branch may use the same names.
   */
  private List<Operand> branch(IfBranches.Branch branch) {
    Map<String, Operand> given = new HashMap<>();
    branch.initializers().forEach(t -> given.put(t.getName(), contents(t)));
    List<Operand> results = run(branch.nodes(), given, branch.outputs());
    given.keySet().forEach(values::remove);
    branch.nodes().stream()
        .flatMap(node -> node.outputs().stream())
        .forEach(
            name -> {
              values.remove(name);
              makers.remove(name);
              uses.forget(name);
            });
    return results;
  }

  private UnsupportedValue barrier(OnnxNode node, String reason, List<UnsupportedValue> causes) {
    return new UnsupportedValue(
        Optional.of(new UnsupportedValue.Obstacle(place, node.name(), node.operator(), reason)),
        causes);
  }

  @Override
  public Optional<NodeCall> maker(String value) {
    return Optional.ofNullable(makers.get(value));
  }

  @Override
  public int uses(String value) {
    return uses.of(value);
  }

  @Override
  public OptionalLong batch() {
    return batch;
  }

  @Override
  public void fill(long numbers) {
    budget.fill(numbers);
  }

  @Override
  public void make(long numbers) {
    budget.take(numbers);
  }

  @Override
  public ConstantValue contents(TensorProto tensor) {
    ConstantValue result = contents.of(tensor);
    budget.found(result.count());
    return result;
  }
}
