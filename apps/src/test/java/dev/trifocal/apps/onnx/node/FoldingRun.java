package dev.trifocal.apps.onnx.node;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.trifocal.apps.onnx.node.Verdict.Outcome;
import dev.trifocal.error.TrifocalException;
import dev.trifocal.onnx.internal.file.ExternalData;
import dev.trifocal.onnx.internal.file.TensorContents;
import dev.trifocal.onnx.internal.folding.Folding;
import dev.trifocal.onnx.internal.operand.ConstantValue;
import dev.trifocal.onnx.internal.operand.FileContext;
import dev.trifocal.onnx.internal.operand.NodeCall;
import dev.trifocal.onnx.internal.operand.OnnxNode;
import dev.trifocal.onnx.internal.operand.Operand;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** One node test whose inputs are all constants. */
record FoldingRun(NodeCase one) {
  /** Nothing around a node that reads constants only matters to it. */
  private record Alone(TensorContents contents) implements FileContext {
    @Override
    public Optional<NodeCall> maker(String value) {
      return Optional.empty();
    }

    @Override
    public int uses(String value) {
      return 1;
    }

    @Override
    public OptionalLong batch() {
      return OptionalLong.empty();
    }

    @Override
    public void make(long numbers) {
      // A single node may make as many as it likes.
    }

    @Override
    public void fill(long numbers) {
      // As above.
    }

    @Override
    public ConstantValue contents(TensorProto tensor) {
      return contents.of(tensor);
    }
  }

  Verdict verdict() {
    if (!one.inputs().stream().allMatch(i -> i.getType().hasTensorType())) {
      return new Verdict(Outcome.DOES_NOT_APPLY, "sequences and optional values");
    }
    if (one.graph().getNodeCount() > 1 || one.graph().getInitializerCount() > 0) {
      return new Verdict(Outcome.DOES_NOT_APPLY, "constants in other places than the inputs");
    }
    if (one.misfits()) {
      return new Verdict(Outcome.DOES_NOT_APPLY, "data of another type than the model says");
    }
    try {
      List<ConstantValue> folded = Folding.standard().fold(call());
      for (int i = 0; i < folded.size(); i++) {
        ConstantValue expected = one.output(i);
        if (!same(folded.get(i), expected, one.tolerance(i))) {
          return new Verdict(Outcome.WRONG, describe(folded.get(i)) + " for " + describe(expected));
        }
      }
      return Verdict.PASSED;
    } catch (TrifocalException e) {
      return RejectionReasons.of(e.getMessage());
    }
  }

  private NodeCall call() {
    NodeProto node = one.graph().getNode(0);
    List<Optional<Operand>> inputs = new ArrayList<>();
    int next = 0;
    for (String input : node.getInputList()) {
      inputs.add(input.isEmpty() ? Optional.empty() : Optional.of(one.input(next++)));
    }
    int opset = (int) one.model().getOpsetImport(0).getVersion();
    Alone alone = new Alone(new TensorContents(new ExternalData(one.folder())));
    return new NodeCall(new OnnxNode(node), opset, inputs, alone);
  }

  private static boolean same(ConstantValue actual, ConstantValue expected, double tolerance) {
    if (!actual.sizes().equals(expected.sizes())) {
      return false;
    }
    for (int i = 0; i < expected.count(); i++) {
      double a = actual.at(i);
      double e = expected.at(i);
      if (Double.compare(a, e) != 0 && !(Math.abs(a - e) <= tolerance * Math.max(1, Math.abs(e)))) {
        return false;
      }
    }
    return true;
  }

  private static String describe(ConstantValue numbers) {
    double[] first = Arrays.copyOf(numbers.values(), Math.min(12, numbers.count()));
    return numbers.sizes() + " " + Arrays.toString(first);
  }
}
