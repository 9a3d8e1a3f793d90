package dev.trifocal.transfer;

import dev.trifocal.graph.Graph;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.train.ParameterGroup;
import dev.trifocal.train.TrainingPlan;
import dev.trifocal.trainer.CheckpointStore;
import dev.trifocal.trainer.TrainingState;
import dev.trifocal.weights.Weights;
import java.util.List;

/**
 * Saves states of the whole network while only the part after its frozen front is trained.
 *
 * @param whole state of the network, with the weights of its front
 * @param rest trained part
 */
record FullModelCheckpoints(TrainingState whole, Graph rest, CheckpointStore sink)
    implements CheckpointStore {
  @Override
  public void requireSavable(TrainingState state) {
    sink.requireSavable(widened(state));
  }

  @Override
  public void last(TrainingState state) {
    sink.last(widened(state));
  }

  @Override
  public void best(TrainingState state) {
    sink.best(widened(state));
  }

  @Override
  public TrainingState best() {
    return narrowed(sink.best());
  }

  /** Returns the state of the whole network, front included. */
  TrainingState widened(TrainingState state) {
    Checkpoint trained = state.checkpoint();
    Weights weights = whole.checkpoint().weights().with(trained.weights().tensors());
    return whole.at(
        new Checkpoint(
            whole.checkpoint().graph(), weights, trained.slots(), trained.step(), trained.seed()),
        state.progress());
  }

  /** Returns the state without the front. */
  TrainingState narrowed(TrainingState state) {
    Checkpoint kept = state.checkpoint();
    Weights weights = kept.weights().only(rest.weightShapes().keySet());
    return new TrainingState(
        new Checkpoint(rest, weights, kept.slots(), kept.step(), kept.seed()),
        narrowed(state.plan()),
        state.metrics(),
        state.classes(),
        state.preprocessing(),
        state.progress());
  }

  private TrainingPlan narrowed(TrainingPlan plan) {
    List<ParameterGroup> there =
        plan.rates().stream().filter(group -> rest.has(group.prefix())).toList();
    return plan.rates(there);
  }
}
