package dev.trifocal.layer;

/**
 * One method per layer and no defaults: a new layer makes the compiler point at everything that
 * must learn it.
 *
 * @param <C> what the caller hands along
 * @param <R> what a visit returns
 */
public interface LayerVisitor<C, R> {
  R input(Input layer, C context);

  R conv2d(Conv2d layer, C context);

  R dense(Dense layer, C context);

  R maxPool2d(MaxPool2d layer, C context);

  R avgPool2d(AvgPool2d layer, C context);

  R globalAvgPool(GlobalAvgPool layer, C context);

  R flatten(Flatten layer, C context);

  R activation(Activation layer, C context);

  R softmax(Softmax layer, C context);

  R dropout(Dropout layer, C context);

  R batchNorm(BatchNorm layer, C context);

  R add(Add layer, C context);

  R multiply(Multiply layer, C context);

  R concat(Concat layer, C context);

  R affine(Affine layer, C context);
}
