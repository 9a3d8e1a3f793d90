package dev.trifocal.trainer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trifocal.file.StrictJson;
import dev.trifocal.metric.Metric;
import dev.trifocal.train.Clipping;
import dev.trifocal.train.Loss;
import dev.trifocal.train.Optimizer;
import dev.trifocal.train.Schedule;
import dev.trifocal.train.TrainingPlan;
import java.util.List;
import java.util.Map;

/**
 * The file {@code state.json}: what a training knows beside graph, weights and slots.
 *
 * @param files name to digest of the other files of this checkpoint
 */
record StateJson(
    int format,
    long step,
    long seed,
    TrainingPlan plan,
    List<Metric> metrics,
    List<String> classes,
    Progress progress,
    Map<String, String> files) {
  private static final int FORMAT = 5;

  static StateJson of(TrainingState state, Map<String, String> files) {
    return new StateJson(
        FORMAT,
        state.checkpoint().step(),
        state.checkpoint().seed(),
        state.plan(),
        state.metrics(),
        state.classes(),
        state.progress(),
        files);
  }

  static StateJson read(String text, String source) {
    return json().read(text, source, FORMAT, Map.of(4, StateJson::withCallbacks), StateJson.class);
  }

  String write() {
    return json().write(this);
  }

  /** Format 4 knew no callbacks that act. */
  private static void withCallbacks(ObjectNode state) {
    if (state.path("progress") instanceof ObjectNode progress) {
      ObjectNode callbacks = progress.putObject("callbacks").put("rateFactor", 1.0);
      callbacks.putNull("stopReason").putObject("states");
    }
  }

  private static StrictJson json() {
    return StrictJson.of(
        List.of(Loss.class, Optimizer.class, Schedule.class, Clipping.class, Metric.class));
  }
}
