package dev.trifocal.backend.onnx;

import dev.trifocal.onnx.Attribute;
import dev.trifocal.onnx.OnnxGraphBuilder;
import dev.trifocal.train.Arithmetic;
import java.util.List;

/** Elementwise arithmetic that records ONNX nodes. */
record OnnxArithmetic(OnnxGraphBuilder onnx) implements Arithmetic<String> {
  @Override
  public String constant(double value) {
    return onnx.constant(value);
  }

  @Override
  public String add(String a, String b) {
    return onnx.node("Add", List.of(a, b));
  }

  @Override
  public String subtract(String a, String b) {
    return onnx.node("Sub", List.of(a, b));
  }

  @Override
  public String multiply(String a, String b) {
    return onnx.node("Mul", List.of(a, b));
  }

  @Override
  public String divide(String a, String b) {
    return onnx.node("Div", List.of(a, b));
  }

  @Override
  public String sqrt(String a) {
    return onnx.node("Sqrt", List.of(a));
  }

  @Override
  public String exp(String a) {
    return onnx.node("Exp", List.of(a));
  }

  @Override
  public String power(String a, String b) {
    return onnx.node("Pow", List.of(a, b));
  }

  @Override
  public String abs(String a) {
    return onnx.node("Abs", List.of(a));
  }

  @Override
  public String sign(String a) {
    return onnx.node("Sign", List.of(a));
  }

  @Override
  public String minimum(String a, String b) {
    return onnx.node("Min", List.of(a, b));
  }

  @Override
  public String maximum(String a, String b) {
    return onnx.node("Max", List.of(a, b));
  }

  @Override
  public String sum(String a) {
    return onnx.node("ReduceSum", List.of(a), Attribute.of("keepdims", 0L));
  }
}
