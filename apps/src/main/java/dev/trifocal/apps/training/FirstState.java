package dev.trifocal.apps.training;

import dev.trifocal.apps.model.UsualMetrics;
import dev.trifocal.config.Settings;
import dev.trifocal.config.TrainingSettings;
import dev.trifocal.data.BatchLoader;
import dev.trifocal.data.Dataset;
import dev.trifocal.error.DataException;
import dev.trifocal.graph.Graph;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.train.Objective;
import dev.trifocal.train.SoftmaxCrossEntropy;
import dev.trifocal.train.TrainingPlan;
import dev.trifocal.trainer.TrainingState;
import dev.trifocal.zoo.Zoo;
import java.util.List;

/** Where a training of a classifier begins. */
public interface FirstState {
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
        UsualMetrics.of(classes.size()),
        classes);
  }

  private static TrainingPlan plan(TrainingSettings training, int stepsPerEpoch) {
    SoftmaxCrossEntropy loss = new SoftmaxCrossEntropy().labelSmoothing(training.labelSmoothing());
    return new TrainingPlan(
        List.of(new Objective(Graph.OUTPUT, loss, 1)),
        training.optimizer().optimizer(),
        training.schedule().schedule(stepsPerEpoch),
        training.clipping().clipping(),
        training.decay());
  }
}
