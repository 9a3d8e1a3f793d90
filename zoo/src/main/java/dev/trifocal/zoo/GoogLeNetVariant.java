package dev.trifocal.zoo;

import dev.trifocal.graph.Value;
import dev.trifocal.layer.BatchNorm;
import dev.trifocal.layer.Conv2d;
import dev.trifocal.layer.Dense;
import dev.trifocal.layer.Layer;
import dev.trifocal.weights.Initializer;

/** In what the paper's GoogLeNet and torchvision's differ. */
interface GoogLeNetVariant {
  /** A convolution with what follows it, as a block of the given name. */
  Value unit(Value input, String name, Conv2d convolution);

  /** Normalisation in the stem, if there is any. */
  Value stemNorm(Value maps, String name);

  /** Kernel of the third branch. */
  int wideKernel();

  /** Window of the pool before the fifth stage. */
  int lastPool();

  /** From the maps of an auxiliary classifier to 4x4. */
  Value auxiliaryPool(Value maps);

  /** Share that is dropped before the last layer. */
  double dropout();

  /** A dense layer with this style's first weights. */
  Dense dense(int units);

  /**
   * The paper's. Local response normalisation is Caffe's, as the paper gives no numbers: 5
   * channels, alpha 1e-4 divided by 5, beta 0.75, k 1. Auxiliary classifiers average 5x5 windows at
   * distances of 3, which makes 4x4 of 14x14; maps of other sizes are averaged to 4x4 in equal
   * parts. First weights are He's, biases zero, dense layers PyTorch's default.
   */
  record Original() implements GoogLeNetVariant {
    @Override
    public Value unit(Value input, String name, Conv2d convolution) {
      Conv2d he =
          convolution.initializers(new Initializer.KaimingNormal(), new Initializer.Constant(0));
      return input.block(name, value -> value.then("conv", he).then("relu", Layer.relu()));
    }

    @Override
    public Value stemNorm(Value maps, String name) {
      return maps.then(name, Layer.localResponseNorm(5));
    }

    @Override
    public int wideKernel() {
      return 5;
    }

    @Override
    public int lastPool() {
      return 3;
    }

    @Override
    public Value auxiliaryPool(Value maps) {
      boolean published = maps.shape().size(1) == 14 && maps.shape().size(2) == 14;
      return published
          ? maps.then("avg", Layer.avgPool(5).stride(3))
          : AdaptiveAvgPool.build(maps, 4);
    }

    @Override
    public double dropout() {
      return 0.4;
    }

    @Override
    public Dense dense(int units) {
      return Layer.dense(units);
    }
  }

  /**
   * torchvision's. First weights are normal with deviation 0.01; torchvision cuts the normal at
   * two, which is two hundred deviations.
   */
  record Torchvision() implements GoogLeNetVariant {
    private static final Initializer NORMAL = new Initializer.Normal(0, 0.01);

    @Override
    public Value unit(Value input, String name, Conv2d convolution) {
      Conv2d bare = convolution.withoutBias().initializers(NORMAL, NORMAL);
      return input.block(
          name,
          value ->
              value
                  .then("conv", bare)
                  .then("bn", new BatchNorm(1e-3, 0.1))
                  .then("relu", Layer.relu()));
    }

    @Override
    public Value stemNorm(Value maps, String name) {
      return maps;
    }

    @Override
    public int wideKernel() {
      return 3;
    }

    @Override
    public int lastPool() {
      return 2;
    }

    @Override
    public Value auxiliaryPool(Value maps) {
      return AdaptiveAvgPool.build(maps, 4);
    }

    @Override
    public double dropout() {
      return 0.2;
    }

    @Override
    public Dense dense(int units) {
      return Layer.dense(units).initializers(NORMAL, new Initializer.FanInUniform());
    }
  }
}
