package dev.trifocal.apps.training;

import dev.trifocal.apps.model.ClassifierLoss;
import dev.trifocal.apps.model.DefaultMetrics;
import dev.trifocal.config.ClassWeightSettings;
import dev.trifocal.config.LossKind;
import dev.trifocal.config.Settings;
import dev.trifocal.config.TrainingSettings;
import dev.trifocal.data.BatchLoader;
import dev.trifocal.data.ClassMapping;
import dev.trifocal.data.Dataset;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.error.DataException;
import dev.trifocal.graph.Graph;
import dev.trifocal.layer.ScoreKind;
import dev.trifocal.train.BinaryCrossEntropy;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.train.Loss;
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
   * Creates the state. Its classes are those of the data, in the order of the model's if that knows
   * the same ones.
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
    InitialModelLoader.Network network = beginning.of(settings, train.sampleShape(), classes);
    TrainingGraph graph = network.graph();
    Dataset ordered = ClassMapping.inOrder(network.classes(), train);
    return TrainingState.start(
        Checkpoint.start(graph.graph(), network.weights(), settings.seed()),
        plan(graph, settings.training(), ordered, network.scores()),
        DefaultMetrics.of(settings, graph.graph().output(Graph.OUTPUT).shape()),
        ordered.classes());
  }

  private TrainingState transfer(Settings settings, Dataset train) {
    List<String> classes = train.classes();
    PretrainedNetworkLoader.Begun begun =
        pretrained.of(settings, train.sampleShape(), classes.size());
    TrainingSettings training = settings.training();
    TrainingPlan plan =
        plan(new TrainingGraph(begun.graph(), Map.of()), training, train, ScoreKind.LOGITS);
    return TransferTrainer.start(
        begun.graph(),
        begun.weights(),
        settings.transfer().get().plan(plan, training.epochs()),
        DefaultMetrics.of(settings, classes.size()),
        classes,
        settings.seed());
  }

  private static Loss loss(
      TrainingGraph network, TrainingSettings training, Dataset train, ScoreKind scores) {
    if (train.isMultiLabel()) {
      requirePlainLabels(training, "one class per image; omit it with --multi-label");
      return new BinaryCrossEntropy();
    }
    int units = network.graph().output(Graph.OUTPUT).shape().size(0);
    Loss loss = ClassifierLoss.of(scores, units);
    if (loss.isIndependent()) {
      requirePlainLabels(
          training,
          "a softmax over the classes, but %s ends in %d sigmoid%s; omit it, or replace the head with --head"
              .formatted(network.graph().name(), units, units == 1 ? "" : "s"));
      return loss;
    }
    requireEffect(training);
    return training
        .loss()
        .softmax(training.labelSmoothing(), training.classWeights().of(train), train.ignoreIndex());
  }

  private static void requirePlainLabels(TrainingSettings training, String reason) {
    boolean smooth = training.labelSmoothing() > 0;
    if (training.loss() != LossKind.AUTO) {
      throw new ConfigurationException("--loss is for " + reason);
    }
    if (smooth || !training.classWeights().equals(ClassWeightSettings.NONE)) {
      throw new ConfigurationException(
          "%s is for %s".formatted(smooth ? "--label-smoothing" : "--class-weights", reason));
    }
  }

  /** Rejects options that the loss does not heed. */
  private static void requireEffect(TrainingSettings training) {
    if (training.labelSmoothing() > 0 && !training.loss().takesSmoothing()) {
      throw new ConfigurationException(
          "--label-smoothing is for cross-entropy; omit it with --loss " + training.loss().word());
    }
    boolean weighted = !training.classWeights().equals(ClassWeightSettings.NONE);
    if (weighted && !training.loss().takesWeights()) {
      throw new ConfigurationException(
          "--class-weights have no effect on --loss %s, which counts every class equally; omit them"
              .formatted(training.loss().word()));
    }
  }

  private static TrainingPlan plan(
      TrainingGraph network, TrainingSettings training, Dataset train, ScoreKind scores) {
    int batches = BatchLoader.batches(train.size(), training.batchSize());
    int stepsPerEpoch = BatchLoader.batches(batches, training.accumulate());
    Loss loss = loss(network, training, train, scores);
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
