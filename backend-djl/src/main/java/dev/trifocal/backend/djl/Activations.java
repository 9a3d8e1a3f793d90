package dev.trifocal.backend.djl;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.trifocal.layer.ActivationFunction;

/**
 * Activation functions in PyTorch's operators.
 *
 * @param x input
 * @param scripts operators that DJL does not offer
 */
record Activations(PtNDArray x, ScriptedOperators scripts)
    implements ActivationFunction.Visitor<PtNDArray> {
  @Override
  public PtNDArray relu(ActivationFunction.Relu function) {
    return JniUtils.relu(x);
  }

  @Override
  public PtNDArray clip(ActivationFunction.Clip function) {
    return scripts.hardTanh(x, function.low(), function.high());
  }

  @Override
  public PtNDArray leakyRelu(ActivationFunction.LeakyRelu function) {
    return JniUtils.leakyRelu(x, function.slope());
  }

  @Override
  public PtNDArray elu(ActivationFunction.Elu function) {
    return JniUtils.elu(x, function.alpha());
  }

  @Override
  public PtNDArray sigmoid(ActivationFunction.Sigmoid function) {
    return JniUtils.sigmoid(x);
  }

  @Override
  public PtNDArray hardSigmoid(ActivationFunction.HardSigmoid function) {
    return scripts.hardTanh(
        JniUtils.add(JniUtils.div(x, NativeScalars.of(x, 6)), NativeScalars.of(x, 0.5)), 0, 1);
  }

  @Override
  public PtNDArray tanh(ActivationFunction.Tanh function) {
    return JniUtils.tanh(x);
  }

  @Override
  public PtNDArray silu(ActivationFunction.Silu function) {
    return JniUtils.mul(x, JniUtils.sigmoid(x));
  }

  @Override
  public PtNDArray hardSwish(ActivationFunction.HardSwish function) {
    return JniUtils.mul(x, hardSigmoid(new ActivationFunction.HardSigmoid()));
  }

  @Override
  public PtNDArray gelu(ActivationFunction.Gelu function) {
    return JniUtils.gelu(x);
  }

  @Override
  public PtNDArray softplus(ActivationFunction.Softplus function) {
    return JniUtils.softPlus(x);
  }

  @Override
  public PtNDArray selu(ActivationFunction.Selu function) {
    return JniUtils.selu(x);
  }

  @Override
  public PtNDArray mish(ActivationFunction.Mish function) {
    return JniUtils.mul(x, JniUtils.tanh(JniUtils.softPlus(x)));
  }

  @Override
  public PtNDArray softsign(ActivationFunction.Softsign function) {
    return JniUtils.softSign(x);
  }

  @Override
  public PtNDArray exp(ActivationFunction.Exp function) {
    return JniUtils.exp(x);
  }

  @Override
  public PtNDArray log(ActivationFunction.Log function) {
    return JniUtils.log(x);
  }

  @Override
  public PtNDArray sqrt(ActivationFunction.Sqrt function) {
    return JniUtils.sqrt(x);
  }

  @Override
  public PtNDArray abs(ActivationFunction.Abs function) {
    return JniUtils.abs(x);
  }

  @Override
  public PtNDArray power(ActivationFunction.Power function) {
    return JniUtils.pow(x, NativeScalars.of(x, function.exponent()));
  }
}
