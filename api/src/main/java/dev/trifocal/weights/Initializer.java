package dev.trifocal.weights;

import dev.trifocal.random.RandomStream;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;

/**
 * How a parameter gets its first values: a pure function of (stream, shape, fans), so they are the
 * same on every backend.
 */
public sealed interface Initializer {
  /**
   * @param fanIn inputs that one output element sums over; for a bias, those of its weight
   * @param fanOut outputs that one input element reaches
   */
  Tensor values(RandomStream stream, Shape shape, int fanIn, int fanOut);

  /** Every element {@code value}. */
  record Constant(double value) implements Initializer {
    @Override
    public Tensor values(RandomStream stream, Shape shape, int fanIn, int fanOut) {
      return fill(shape, i -> value);
    }
  }

  /** Normal with a fixed deviation (Krizhevsky et al. 2012 use 0.01). */
  record Normal(double mean, double deviation) implements Initializer {
    @Override
    public Tensor values(RandomStream stream, Shape shape, int fanIn, int fanOut) {
      return fill(shape, i -> mean + deviation * stream.gaussian(i));
    }
  }

  /**
   * Uniform in [-b, b), {@code b = 1 / sqrt(fanIn)}: the default of PyTorch's Linear and Conv2d,
   * for weight (there spelled Kaiming uniform with a = sqrt 5) and bias alike.
   */
  record FanInUniform() implements Initializer {
    @Override
    public Tensor values(RandomStream stream, Shape shape, int fanIn, int fanOut) {
      double bound = 1 / Math.sqrt(fanIn);
      return fill(shape, i -> stream.uniform(i, -bound, bound));
    }
  }

  /** He et al. 2015, {@code sqrt(2 / fanIn)} as deviation: for layers that a ReLU follows. */
  record KaimingNormal() implements Initializer {
    @Override
    public Tensor values(RandomStream stream, Shape shape, int fanIn, int fanOut) {
      double deviation = Math.sqrt(2.0 / fanIn);
      return fill(shape, i -> deviation * stream.gaussian(i));
    }
  }

  /** Glorot and Bengio 2010, {@code b = sqrt(6 / (fanIn + fanOut))}; Keras's default. */
  record GlorotUniform() implements Initializer {
    @Override
    public Tensor values(RandomStream stream, Shape shape, int fanIn, int fanOut) {
      double bound = Math.sqrt(6.0 / (fanIn + fanOut));
      return fill(shape, i -> stream.uniform(i, -bound, bound));
    }
  }

  private static Tensor fill(Shape shape, java.util.function.IntToDoubleFunction value) {
    return Tensor.floats(
        shape,
        buffer -> {
          for (int i = 0; i < buffer.capacity(); i++) {
            buffer.put(i, (float) value.applyAsDouble(i));
          }
        });
  }
}
