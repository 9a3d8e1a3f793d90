package dev.trifocal.backend.djl;

import dev.trifocal.layer.ActivationFunction;

/** {@link Activations}, as far as their memory is concerned. */
record SimulatedActivations(SimulatedArray x, SimulatedTape tape)
    implements ActivationFunction.Visitor<SimulatedArray> {
  @Override
  public SimulatedArray relu(ActivationFunction.Relu function) {
    return operators().readingResult(x);
  }

  @Override
  public SimulatedArray clip(ActivationFunction.Clip function) {
    return operators().readingInput(x);
  }

  @Override
  public SimulatedArray leakyRelu(ActivationFunction.LeakyRelu function) {
    return operators().readingInput(x);
  }

  @Override
  public SimulatedArray elu(ActivationFunction.Elu function) {
    return operators().readingInput(x);
  }

  @Override
  public SimulatedArray sigmoid(ActivationFunction.Sigmoid function) {
    return operators().readingResult(x);
  }

  @Override
  public SimulatedArray hardSigmoid(ActivationFunction.HardSigmoid function) {
    return operators().readingInput(operators().add(scaled(x), tape.constant(1)));
  }

  @Override
  public SimulatedArray tanh(ActivationFunction.Tanh function) {
    return operators().readingResult(x);
  }

  @Override
  public SimulatedArray silu(ActivationFunction.Silu function) {
    return operators().multiply(x, operators().readingResult(x));
  }

  @Override
  public SimulatedArray hardSwish(ActivationFunction.HardSwish function) {
    return operators().multiply(x, hardSigmoid(new ActivationFunction.HardSigmoid()));
  }

  @Override
  public SimulatedArray gelu(ActivationFunction.Gelu function) {
    return operators().readingInput(x);
  }

  @Override
  public SimulatedArray softplus(ActivationFunction.Softplus function) {
    return operators().readingInput(x);
  }

  @Override
  public SimulatedArray selu(ActivationFunction.Selu function) {
    return operators().readingInput(x);
  }

  @Override
  public SimulatedArray mish(ActivationFunction.Mish function) {
    return operators().multiply(x, operators().readingResult(operators().readingInput(x)));
  }

  @Override
  public SimulatedArray softsign(ActivationFunction.Softsign function) {
    SimulatedArray divisors = operators().add(absolute(), tape.constant(1));
    return operators().divide(x, divisors);
  }

  @Override
  public SimulatedArray exp(ActivationFunction.Exp function) {
    return operators().readingResult(x);
  }

  @Override
  public SimulatedArray log(ActivationFunction.Log function) {
    return operators().readingInput(x);
  }

  @Override
  public SimulatedArray sqrt(ActivationFunction.Sqrt function) {
    return operators().readingResult(x, 1);
  }

  @Override
  public SimulatedArray abs(ActivationFunction.Abs function) {
    return absolute();
  }

  @Override
  public SimulatedArray power(ActivationFunction.Power function) {
    return operators().power(x);
  }

  private SimulatedArray absolute() {
    return operators().readingInput(x, 1);
  }

  private SimulatedArray scaled(SimulatedArray array) {
    return operators().divide(array, tape.constant(1));
  }

  private SimulatedOperators operators() {
    return new SimulatedOperators(tape);
  }
}
