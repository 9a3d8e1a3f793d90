package dev.trifocal.backend.dl4j;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.DynamicCustomOp.DynamicCustomOpsBuilder;
import org.nd4j.linalg.factory.Nd4j;

/** A call of an ND4J operator by name. */
final class OperatorCall {
  private final Nd4jOperators operators;
  private final String operator;
  private final List<INDArray> inputs;
  private final DynamicCustomOpsBuilder builder;

  OperatorCall(Nd4jOperators operators, String operator, INDArray... inputs) {
    this.operators = operators;
    this.operator = operator;
    this.inputs = List.of(inputs);
    this.builder = DynamicCustomOp.builder(operator).addInputs(inputs);
  }

  OperatorCall integers(int... values) {
    builder.addIntegerArguments(values);
    return this;
  }

  OperatorCall reals(double... values) {
    for (double value : values) {
      builder.addFloatingPointArguments(value);
    }
    return this;
  }

  OperatorCall flags(boolean... values) {
    builder.addBooleanArguments(values);
    return this;
  }

  /** Runs the operator and returns the result in a new array of this shape. */
  INDArray into(long... sizes) {
    INDArray result = operators.memory().take(sizes);
    to(result);
    return result;
  }

  /** Runs the operator and writes its results to these arrays. */
  void to(INDArray... results) {
    DynamicCustomOp call = builder.addOutputs(results).build();
    List<INDArray> arrays = new ArrayList<>(inputs);
    arrays.addAll(List.of(results));
    operators.observer().call(operator, arrays, () -> Nd4j.exec(call));
  }
}
