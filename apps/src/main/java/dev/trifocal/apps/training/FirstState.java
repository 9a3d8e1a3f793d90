package dev.trifocal.apps.training;

import dev.trifocal.config.Settings;
import dev.trifocal.config.TrainingSettings;
import dev.trifocal.data.BatchLoader;
import dev.trifocal.data.Dataset;
import dev.trifocal.error.DataException;
import dev.trifocal.graph.Graph;
import dev.trifocal.metric.Accuracy;
import dev.trifocal.metric.Metric;
import dev.trifocal.metric.TopK;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.train.Objective;
import dev.trifocal.train.SoftmaxCrossEntropy;
import dev.trifocal.train.TrainingPlan;
import dev.trifocal.trainer.TrainingState;
import dev.trifocal.zoo.Zoo;
import java.util.List;

/** Where a training of a classifier begins. */
public interface FirstState {
  /** From so many classes on, to be among the first five says something. */
  int MANY_CLASSES = 20;

  /**
   * @throws DataException if the labels are not class ids
   * @throws dev.trifocal.error.GraphException if the model cannot take such samples or classes
   */
  static TrainingState of(Settings settings, Dataset train) {
    List<String> classes = train.classes();
    if (classes.isEmpty()) {
      throw new DataException(
          "%s has no classes; train needs labels that are class ids".formatted(train.name()));
    }
    Graph graph = Zoo.find(settings.model()).graph(train.sampleShape(), classes.size());
    int stepsPerEpoch = BatchLoader.batches(train.size(), settings.training().batchSize());
    return TrainingState.start(
        Checkpoint.start(graph, settings.seed()),
        plan(settings.training(), stepsPerEpoch),
        metrics(classes.size()),
        classes);
  }

  /** Accuracy, and with many classes top-5 accuracy. */
  static List<Metric> metrics(int classes) {
    Metric accuracy = new Accuracy(Graph.OUTPUT);
    return classes < MANY_CLASSES
        ? List.of(accuracy)
        : List.of(accuracy, new TopK(Graph.OUTPUT, 5));
  }

  private static TrainingPlan plan(TrainingSettings training, int stepsPerEpoch) {
    SoftmaxCrossEntropy loss =
        new SoftmaxCrossEntropy().labelSmoothing(training.labelSmoothing());
    return new TrainingPlan(
        List.of(new Objective(Graph.OUTPUT, loss, 1)),
        training.optimizer().optimizer(),
        training.schedule().schedule(stepsPerEpoch));
  }
}
