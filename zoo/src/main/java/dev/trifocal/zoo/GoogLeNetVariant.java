package dev.trifocal.zoo;

import dev.trifocal.graph.Value;
import dev.trifocal.layer.BatchNorm;
import dev.trifocal.layer.Conv2d;
import dev.trifocal.layer.Dense;
import dev.trifocal.layer.Layer;
import dev.trifocal.weights.Initializer;

/** The differences between the paper's GoogLeNet and torchvision's. */
interface GoogLeNetVariant {
  /** Adds a convolution with its norm, if any, and activation as a block of the given name. */
  Value unit(Value input, String name, Conv2d convolution);

  /** Adds the normalisation of the stem, if any. */
  Value stemNorm(Value maps, String name);

  /** Returns the kernel size of the third branch. */
  int wideKernel();

  /** Returns the window size of the pool before the fifth stage. */
  int lastPool();

  /** Pools the input of an auxiliary classifier to 4x4. */
  Value auxiliaryPool(Value maps);

  /** Returns the dropout rate before the last layer. */
  double dropout();

  /** Returns a dense layer with the variant's initializers. */
  Dense dense(int units);

  /**
   * The paper's variant. The paper gives no parameters for local response normalisation; they are
   * those of Caffe: 5 channels, alpha 1e-4 divided by 5, beta 0.75, k 1. Auxiliary classifiers
   * average 5x5 windows with stride 3, which reduces 14x14 to 4x4; other sizes are pooled
   * adaptively to 4x4. Convolutions use He initialization with zero biases, dense layers PyTorch's
   * default.
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
   * torchvision's variant. Initial weights are normal with standard deviation 0.01; torchvision
   * truncates at 2, which is 200 standard deviations and has no effect.
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
