package dev.trifocal.weights;

import dev.trifocal.error.WeightsException;
import dev.trifocal.random.RandomStream;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;

/**
 * How a parameter gets its initial values: a pure function of (stream, shape, fans), so they are
 * the same on every backend. Anyone can write one; one that is saved with its graph must be a
 * record whose components are numbers, booleans, text, enums, and lists, maps, optionals and
 * records of these.
 */
public interface Initializer {
  /**
   * The initial values.
   *
   * @param stream of the parameter
   * @param shape of the parameter, and of the result, which is float32
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

  /** He et al. 2015, uniform in [-b, b), {@code b = sqrt(6 / fanIn)}; Keras's {@code HeUniform}. */
  record KaimingUniform() implements Initializer {
    @Override
    public Tensor values(RandomStream stream, Shape shape, int fanIn, int fanOut) {
      double bound = Math.sqrt(6.0 / fanIn);
      return fill(shape, i -> stream.uniform(i, -bound, bound));
    }
  }

  /**
   * He et al. 2015 seen from behind, {@code sqrt(2 / fanOut)}: it keeps the size of gradients, not
   * of activations. The choice of torchvision and timm before a batch norm.
   */
  record KaimingNormalFanOut() implements Initializer {
    @Override
    public Tensor values(RandomStream stream, Shape shape, int fanIn, int fanOut) {
      double deviation = Math.sqrt(2.0 / fanOut);
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

  /** Glorot and Bengio 2010, normal with the deviation {@code sqrt(2 / (fanIn + fanOut))}. */
  record GlorotNormal() implements Initializer {
    @Override
    public Tensor values(RandomStream stream, Shape shape, int fanIn, int fanOut) {
      double deviation = Math.sqrt(2.0 / (fanIn + fanOut));
      return fill(shape, i -> deviation * stream.gaussian(i));
    }
  }

  /**
   * Normal, and drawn again where a value lies more than two deviations from the mean: Keras's
   * {@code TruncatedNormal}, {@code torch.nn.init.trunc_normal_} with its bounds there. The
   * deviation of what remains is 0.88 of {@code deviation}.
   */
  record TruncatedNormal(double mean, double deviation) implements Initializer {
    private static final double FARTHEST = 2;

    @Override
    public Tensor values(RandomStream stream, Shape shape, int fanIn, int fanOut) {
      return fill(shape, i -> mean + deviation * near(stream.at(i)));
    }

    private static double near(RandomStream draws) {
      long draw = 0;
      while (Math.abs(draws.gaussian(draw)) > FARTHEST) {
        draw++;
      }
      return draws.gaussian(draw);
    }
  }

  /**
   * A random orthogonal matrix times {@code gain} (Saxe et al. 2014), {@code
   * torch.nn.init.orthogonal_}: the first axis gives the rows and all others the columns, and the
   * shorter ones of rows and columns are orthonormal. Needs two axes or more.
   */
  record Orthogonal(double gain) implements Initializer {
    @Override
    public Tensor values(RandomStream stream, Shape shape, int fanIn, int fanOut) {
      if (shape.rank() < 2) {
        throw new WeightsException(
            "orthogonal initial values need two axes or more, but the shape is " + shape);
      }
      int rows = shape.size(0);
      int columns = (int) (shape.elements() / rows);
      double[][] vectors =
          OrthonormalVectors.vectors(stream, Math.min(rows, columns), Math.max(rows, columns));
      return fill(
          shape,
          i -> {
            int row = i / columns;
            int column = i % columns;
            return gain * (rows <= columns ? vectors[row][column] : vectors[column][row]);
          });
    }
  }

  /**
   * Bilinear interpolation by a transposed convolution, {@code [C, F / groups, kH, kW]}: each
   * channel is spread onto the filter of its own number, or of its own group, and onto no other
   * (Long, Shelhamer and Darrell 2015). A kernel of twice the stride enlarges by the stride.
   */
  record Bilinear() implements Initializer {
    @Override
    public Tensor values(RandomStream stream, Shape shape, int fanIn, int fanOut) {
      if (shape.rank() != 4) {
        throw new WeightsException(
            "bilinear first values need a kernel [C, F, kH, kW], but the shape is " + shape);
      }
      int filters = shape.size(1);
      int height = shape.size(2);
      int width = shape.size(3);
      return fill(
          shape,
          i -> {
            int filter = i / (height * width) % filters;
            int channel = i / (height * width) / filters;
            return channel % filters == filter
                ? tent(i / width % height, height) * tent(i % width, width)
                : 0;
          });
    }

    /** Falls linearly from the middle of the kernel to nothing just outside it. */
    private static double tent(int index, int size) {
      int reach = (size + 1) / 2;
      return 1 - Math.abs(index - (size - 1) / 2.0) / reach;
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
