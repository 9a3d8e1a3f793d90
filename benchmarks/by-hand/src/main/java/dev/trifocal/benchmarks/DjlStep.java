package dev.trifocal.benchmarks;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;

/** A training step of mnist-cnn as a user of DJL writes it. */
final class DjlStep implements Step {
  private final Model model = Model.newInstance("mnist-cnn", "PyTorch");
  private final Trainer trainer;
  private final NDArray images;
  private final NDArray labels;

  DjlStep(int batch) {
    model.setBlock(net());
    Optimizer adam = Optimizer.adam().optLearningRateTracker(Tracker.fixed(1e-3f)).build();
    trainer =
        model.newTrainer(
            new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss()).optOptimizer(adam));
    Shape shape = new Shape(batch, 1, 28, 28);
    trainer.initialize(shape);
    NDManager manager = trainer.getManager();
    images = manager.randomUniform(0, 1, shape);
    labels = manager.arange(batch).mod(10).toType(DataType.INT64, false);
  }

  @Override
  public double run() {
    try (NDManager scope = trainer.getManager().newSubManager()) {
      NDArray loss;
      try (GradientCollector collector = trainer.newGradientCollector()) {
        NDList scores = trainer.forward(new NDList(images));
        loss = trainer.getLoss().evaluate(new NDList(labels), scores);
        collector.backward(loss);
        scope.attachAll(scores);
        scope.attachAll(loss);
      }
      trainer.step();
      return loss.getFloat();
    }
  }

  @Override
  public void close() {
    trainer.close();
    model.close();
  }

  private static SequentialBlock net() {
    return new SequentialBlock()
        .add(conv(64))
        .add(Activation::relu)
        .add(conv(64))
        .add(Activation::relu)
        .add(Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)))
        .add(conv(128))
        .add(Activation::relu)
        .add(conv(128))
        .add(Activation::relu)
        .add(Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)))
        .add(Blocks.batchFlattenBlock())
        .add(dense(100))
        .add(Activation::relu)
        .add(Dropout.builder().optRate(0.5f).build())
        .add(dense(50))
        .add(Activation::relu)
        .add(Dropout.builder().optRate(0.5f).build())
        .add(dense(10));
  }

  private static Conv2d conv(int filters) {
    return Conv2d.builder()
        .setFilters(filters)
        .setKernelShape(new Shape(3, 3))
        .optPadding(new Shape(1, 1))
        .build();
  }

  private static Linear dense(int units) {
    return Linear.builder().setUnits(units).build();
  }
}
