package dev.trifocal.layer;

/**
 * Visits layers. There is one method per layer and no default, so that the compiler finds every
 * visitor that must handle a new layer.
 *
 * @param <C> type of the context passed to each visit
 * @param <R> type of the result
 */
public interface LayerVisitor<C, R> {
  R input(Input layer, C context);

  R learnableInput(LearnableInput layer, C context);

  R conv2d(Conv2d layer, C context);

  R convTranspose2d(ConvTranspose2d layer, C context);

  R dense(Dense layer, C context);

  R matMul(MatMul layer, C context);

  R maxPool2d(MaxPool2d layer, C context);

  R avgPool2d(AvgPool2d layer, C context);

  R globalMaxPool(GlobalMaxPool layer, C context);

  R globalAvgPool(GlobalAvgPool layer, C context);

  R reduce(Reduce layer, C context);

  R batchReduce(BatchReduce layer, C context);

  R flatten(Flatten layer, C context);

  R reshape(Reshape layer, C context);

  R transpose(Transpose layer, C context);

  R slice(Slice layer, C context);

  R concat(Concat layer, C context);

  R pad2d(Pad2d layer, C context);

  R upsample2d(Upsample2d layer, C context);

  R activation(Activation layer, C context);

  R pRelu(PRelu layer, C context);

  R softmax(Softmax layer, C context);

  R logSoftmax(LogSoftmax layer, C context);

  R dropout(Dropout layer, C context);

  R batchNorm(BatchNorm layer, C context);

  R groupNorm(GroupNorm layer, C context);

  R localResponseNorm(LocalResponseNorm layer, C context);

  R add(Add layer, C context);

  R multiply(Multiply layer, C context);

  R divide(Divide layer, C context);

  R affine(Affine layer, C context);
}
