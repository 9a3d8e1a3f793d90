package dev.trifocal.backend.onnx;

import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which values of a step share memory, as ONNX Runtime plans it ({@code AllocationPlanner}) before
 * it knows the batch size: a view has the memory of its input; many operators overwrite an input
 * that nothing else reads; and a value takes over the memory of an earlier one that is no longer
 * read if both are known to have the same size.
 */
final class BufferPlan {
  /** Operators whose first output is their first input in another shape. */
  private static final Set<String> VIEWS =
      Set.of("Reshape", "Squeeze", "Unsqueeze", "Flatten", "Identity");

  /** Operators that may overwrite their first input. */
  private static final Set<String> UNARY =
      Set.of(
          "Abs",
          "Cast",
          "Ceil",
          "Clip",
          "Elu",
          "Erf",
          "Floor",
          "HardSigmoid",
          "LeakyRelu",
          "Log",
          "Max",
          "Min",
          "Neg",
          "Pow",
          "Reciprocal",
          "Relu",
          "ScatterElements",
          "Sigmoid",
          "Softplus",
          "Sqrt",
          "Sum",
          "Tanh");

  /** Operators that may overwrite either input. */
  private static final Set<String> BINARY = Set.of("Add", "Div", "Mul", "Sub");

  /** Convolutions, which may overwrite the value that they add their result to. */
  private static final Set<String> CONVOLUTIONS = Set.of("Conv", "FusedConv");

  private static final int SUMMAND = 3;

  private final OptimisedStep step;
  private final Map<String, Integer> readers = new HashMap<>();
  private final Map<String, String> owners = new HashMap<>();
  private final Map<String, Integer> uses = new HashMap<>();
  private final Map<String, Buffer> buffers = new LinkedHashMap<>();
  private final Deque<String> reusable = new ArrayDeque<>();

  /**
   * Memory of one or more values.
   *
   * @param value the first of the values
   * @param bytes its size
   * @param first index of the node that it is allocated for
   * @param last index of the node after which it is freed
   */
  record Buffer(String value, long bytes, int first, int last) {}

  private BufferPlan(OptimisedStep step) {
    this.step = step;
    for (NodeProto node : step.nodes()) {
      present(node.getInputList()).forEach(input -> readers.merge(input, 1, Integer::sum));
    }
  }

  /**
   * Returns the buffers that a step allocates, in order; without those of its results, which are
   * given.
   */
  static List<Buffer> of(OptimisedStep step) {
    BufferPlan plan = new BufferPlan(step);
    for (int index = 0; index < step.nodes().size(); index++) {
      plan.run(index, step.nodes().get(index));
    }
    return List.copyOf(plan.buffers.values());
  }

  private void run(int index, NodeProto node) {
    List<String> outputs = present(node.getOutputList());
    for (String output : outputs) {
      String owner = owner(node, output);
      owners.put(output, owner);
      uses.merge(owner, readers.getOrDefault(output, 0), Integer::sum);
      if (owner.equals(output) && !step.outputs().contains(output)) {
        buffers.put(output, new Buffer(output, step.value(output).bytes(), index, index));
      }
      extend(owner, index);
    }
    for (String input : present(node.getInputList())) {
      String owner = owners.getOrDefault(input, input);
      extend(owner, index);
      if (uses.merge(owner, -1, Integer::sum) == 0 && buffers.containsKey(owner)) {
        reusable.push(owner);
      }
    }
    outputs.stream()
        .filter(output -> buffers.containsKey(output) && !readers.containsKey(output))
        .forEach(reusable::push);
  }

  /** Returns the value whose memory an output gets, which is its own if it needs new memory. */
  private String owner(NodeProto node, String output) {
    if (step.outputs().contains(output)) {
      return output;
    }
    if (output.equals(node.getOutput(0))) {
      if (VIEWS.contains(node.getOpType())) {
        return owners.getOrDefault(node.getInput(0), node.getInput(0));
      }
      for (int input : overwritable(node)) {
        String owner = owners.getOrDefault(node.getInput(input), node.getInput(input));
        if (buffers.containsKey(owner)
            && uses.get(owner) == 1
            && hasSizeOf(node.getInput(input), output)) {
          return owner;
        }
      }
    }
    Iterator<String> candidates = reusable.iterator();
    while (candidates.hasNext()) {
      String candidate = candidates.next();
      if (hasSizeOf(candidate, output)) {
        candidates.remove();
        return candidate;
      }
    }
    return output;
  }

  private boolean hasSizeOf(String one, String other) {
    return step.value(one).hasSizeOf(step.value(other));
  }

  private static List<Integer> overwritable(NodeProto node) {
    String operator = node.getOpType();
    if (BINARY.contains(operator)) {
      return List.of(0, 1);
    }
    if (CONVOLUTIONS.contains(operator) && node.getInputCount() > SUMMAND) {
      return List.of(SUMMAND);
    }
    return UNARY.contains(operator) ? List.of(0) : List.of();
  }

  private void extend(String owner, int index) {
    buffers.computeIfPresent(
        owner, (name, buffer) -> new Buffer(name, buffer.bytes(), buffer.first(), index));
  }

  private static List<String> present(List<String> names) {
    List<String> result = new ArrayList<>(names);
    result.removeIf(String::isEmpty);
    return result;
  }
}
