package dev.trifocal.apps.training;

import dev.trifocal.apps.model.DefaultMetrics;
import dev.trifocal.config.ClassWeightSettings;
import dev.trifocal.config.Settings;
import dev.trifocal.config.TrainingSettings;
import dev.trifocal.data.BatchLoader;
import dev.trifocal.data.Dataset;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.error.DataException;
import dev.trifocal.train.BinaryCrossEntropy;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.train.Loss;
import dev.trifocal.train.SoftmaxCrossEntropy;
import dev.trifocal.train.TrainingPlan;
import dev.trifocal.trainer.TrainingState;
import dev.trifocal.transfer.TransferTrainer;
import dev.trifocal.zoo.TrainingGraph;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;

/** Creates the state that the training of a classifier starts from. */
public final class InitialTrainingState {
  private final InitialModelLoader beginning;
  private final PretrainedNetworkLoader pretrained;

  @Inject
  InitialTrainingState(InitialModelLoader beginning, PretrainedNetworkLoader pretrained) {
    this.beginning = beginning;
    this.pretrained = pretrained;
  }

  /**
   * Creates the state.
   *
   * @throws DataException if the labels are neither class ids nor multi-label
   * @throws dev.trifocal.error.GraphException if the model does not support the samples, the number
   *     of classes or the width, or is a file that cannot be imported as a graph
   * @throws dev.trifocal.error.WeightsException if the initial weights do not match
   */
  TrainingState of(Settings settings, Dataset train) {
    List<String> classes = train.classes();
    if (classes.isEmpty()) {
      throw new DataException(
          "%s has no classes; training needs labels that are class ids".formatted(train.name()));
    }
    if (settings.transfer().isPresent()) {
      return transfer(settings, train);
    }
    InitialModelLoader.Network network =
        beginning.of(settings, train.sampleShape(), classes.size());
    TrainingGraph graph = network.graph();
    return TrainingState.start(
        Checkpoint.start(graph.graph(), network.weights(), settings.seed()),
        plan(graph, settings.training(), train),
        DefaultMetrics.of(settings, classes.size()),
        classes);
  }

  private TrainingState transfer(Settings settings, Dataset train) {
    List<String> classes = train.classes();
    PretrainedNetworkLoader.Begun begun =
        pretrained.of(settings, train.sampleShape(), classes.size());
    TrainingSettings training = settings.training();
    TrainingPlan plan = plan(new TrainingGraph(begun.graph(), Map.of()), training, train);
    return TransferTrainer.start(
        begun.graph(),
        begun.weights(),
        settings.transfer().get().plan(plan, training.epochs()),
        DefaultMetrics.of(settings, classes.size()),
        classes,
        settings.seed());
  }

  private static Loss oneClassLoss(TrainingSettings training, Dataset train) {
    return new SoftmaxCrossEntropy()
        .labelSmoothing(training.labelSmoothing())
        .classWeights(training.classWeights().of(train));
  }

  private static Loss multiLabelLoss(TrainingSettings training) {
    boolean smooth = training.labelSmoothing() > 0;
    if (smooth || !training.classWeights().equals(ClassWeightSettings.NONE)) {
      throw new ConfigurationException(
          "%s is for one class per image; omit it with --multi-label"
              .formatted(smooth ? "--label-smoothing" : "--class-weights"));
    }
    return new BinaryCrossEntropy();
  }

  private static TrainingPlan plan(
      TrainingGraph network, TrainingSettings training, Dataset train) {
    int batches = BatchLoader.batches(train.size(), training.batchSize());
    int stepsPerEpoch = BatchLoader.batches(batches, training.accumulate());
    Loss loss = train.isMultiLabel() ? multiLabelLoss(training) : oneClassLoss(training, train);
    return new TrainingPlan(
            network.objectives(loss),
            training.averagingOptimizer(),
            training.schedule().schedule(stepsPerEpoch))
        .clipping(training.clipping().clipping())
        .decay(training.decay())
        .rates(training.rates())
        .requireParts(network.graph());
  }
}
