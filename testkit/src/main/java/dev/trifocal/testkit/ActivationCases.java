package dev.trifocal.testkit;

import dev.trifocal.layer.Activation;
import dev.trifocal.layer.ActivationFunction;
import dev.trifocal.layer.ActivationFunction.Clip;
import dev.trifocal.layer.ActivationFunction.Elu;
import dev.trifocal.layer.ActivationFunction.Gelu;
import dev.trifocal.layer.ActivationFunction.HardSigmoid;
import dev.trifocal.layer.ActivationFunction.HardSwish;
import dev.trifocal.layer.ActivationFunction.LeakyRelu;
import dev.trifocal.layer.ActivationFunction.Mish;
import dev.trifocal.layer.ActivationFunction.Relu;
import dev.trifocal.layer.ActivationFunction.Selu;
import dev.trifocal.layer.ActivationFunction.Sigmoid;
import dev.trifocal.layer.ActivationFunction.Silu;
import dev.trifocal.layer.ActivationFunction.Softplus;
import dev.trifocal.layer.ActivationFunction.Softsign;
import dev.trifocal.layer.ActivationFunction.Tanh;
import dev.trifocal.layer.Layer;
import java.util.List;

/** Every activation function on both sides of its kinks; "far" cases overflow exponentials. */
final class ActivationCases {
  private ActivationCases() {}

  static List<LayerCase> all() {
    return List.of(
        near("relu", new Relu()),
        LayerCase.of("relu_of_a_vector", Layer.relu(), 9).batch(3),
        near("clip", new Clip(-1.5, 2.5)),
        near("relu6", new Clip(0, 6)),
        near("leaky_relu", new LeakyRelu(0.1)),
        near("elu", new Elu(0.7)),
        far("elu_far", new Elu(0.7)),
        near("sigmoid", new Sigmoid()),
        far("sigmoid_far", new Sigmoid()),
        near("hard_sigmoid", new HardSigmoid()),
        near("tanh", new Tanh()),
        far("tanh_far", new Tanh()),
        near("silu", new Silu()),
        far("silu_far", new Silu()),
        near("hard_swish", new HardSwish()),
        near("gelu", new Gelu()),
        far("gelu_far", new Gelu()),
        near("softplus", new Softplus()),
        far("softplus_far", new Softplus()),
        near("selu", new Selu()),
        far("selu_far", new Selu()),
        near("mish", new Mish()),
        far("mish_far", new Mish()),
        near("softsign", new Softsign()),
        far("softsign_far", new Softsign()));
  }

  private static LayerCase near(String name, ActivationFunction function) {
    return LayerCase.of(name, new Activation(function), 3, 4, 5);
  }

  private static LayerCase far(String name, ActivationFunction function) {
    return LayerCase.of(name, new Activation(function), 2, 3, 4);
  }
}
