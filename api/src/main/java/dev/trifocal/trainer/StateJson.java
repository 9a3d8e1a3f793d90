package dev.trifocal.trainer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.file.KindFamily;
import dev.trifocal.file.StrictJson;
import dev.trifocal.image.Preprocessing;
import dev.trifocal.metric.Accuracy;
import dev.trifocal.metric.Auc;
import dev.trifocal.metric.F1;
import dev.trifocal.metric.Metric;
import dev.trifocal.metric.MultiLabelAccuracy;
import dev.trifocal.metric.MultiLabelF1;
import dev.trifocal.metric.MultiLabelPrecision;
import dev.trifocal.metric.MultiLabelRecall;
import dev.trifocal.metric.Precision;
import dev.trifocal.metric.Recall;
import dev.trifocal.metric.TopK;
import dev.trifocal.train.Adagrad;
import dev.trifocal.train.Adam;
import dev.trifocal.train.AdamW;
import dev.trifocal.train.BinaryCrossEntropy;
import dev.trifocal.train.BinaryFocalLoss;
import dev.trifocal.train.Clipping;
import dev.trifocal.train.ExponentialMovingAverage;
import dev.trifocal.train.FocalLoss;
import dev.trifocal.train.Huber;
import dev.trifocal.train.KlDivergence;
import dev.trifocal.train.Loss;
import dev.trifocal.train.LossSum;
import dev.trifocal.train.MeanSquaredError;
import dev.trifocal.train.NAdam;
import dev.trifocal.train.Optimizer;
import dev.trifocal.train.RmsProp;
import dev.trifocal.train.Schedule;
import dev.trifocal.train.Sgd;
import dev.trifocal.train.SoftDice;
import dev.trifocal.train.SoftmaxCrossEntropy;
import dev.trifocal.train.TrainingPlan;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The file {@code state.json}: the state of a run apart from its graph, weights and slots.
 *
 * @param files digests of the other files of this checkpoint, by name
 */
record StateJson(
    int format,
    long step,
    long seed,
    TrainingPlan plan,
    List<Metric> metrics,
    List<String> classes,
    Optional<Preprocessing> preprocessing,
    TrainingProgress progress,
    Map<String, String> files) {
  private static final int FORMAT = 5;

  private static final List<Class<?>> LOSSES =
      List.of(
          SoftmaxCrossEntropy.class,
          BinaryCrossEntropy.class,
          MeanSquaredError.class,
          FocalLoss.class,
          BinaryFocalLoss.class,
          Huber.class,
          SoftDice.class,
          LossSum.class,
          KlDivergence.class);
  private static final List<Class<?>> OPTIMIZERS =
      List.of(
          Sgd.class,
          Adam.class,
          AdamW.class,
          NAdam.class,
          RmsProp.class,
          Adagrad.class,
          ExponentialMovingAverage.class);
  private static final List<Class<?>> SCHEDULES =
      List.of(
          Schedule.Constant.class,
          Schedule.Step.class,
          Schedule.Exponential.class,
          Schedule.Cosine.class,
          Schedule.WarmUp.class,
          Schedule.OneCycle.class);
  private static final List<Class<?>> METRICS =
      List.of(
          Accuracy.class,
          TopK.class,
          Precision.class,
          Recall.class,
          F1.class,
          Auc.class,
          MultiLabelAccuracy.class,
          MultiLabelPrecision.class,
          MultiLabelRecall.class,
          MultiLabelF1.class);

  static StateJson of(TrainingState state, Map<String, String> files) {
    return new StateJson(
        FORMAT,
        state.checkpoint().step(),
        state.checkpoint().seed(),
        state.plan(),
        state.metrics(),
        state.classes(),
        state.preprocessing(),
        state.progress(),
        files);
  }

  /**
   * Checks before the first step that a state can be saved and read back unchanged.
   *
   * @throws dev.trifocal.error.ConfigurationException if not; the message names the class
   */
  static void requireSavable(TrainingState state) {
    StateJson written = of(state, Map.of());
    StateJson back = read(written.write(), "state.json");
    if (!back.plan().equals(written.plan()) || !back.metrics().equals(written.metrics())) {
      throw new ConfigurationException(
          "the run cannot be saved: %s, %s is read back as %s, %s"
              .formatted(written.plan(), written.metrics(), back.plan(), back.metrics()));
    }
  }

  static StateJson read(String text, String source) {
    return json().read(text, source, FORMAT, Map.of(4, StateJson::withCallbacks), StateJson.class);
  }

  String write() {
    return json().write(this);
  }

  /** Adds what format 4 lacked: the state of callbacks and the image preprocessing. */
  private static void withCallbacks(ObjectNode state) {
    if (!state.has("preprocessing")) {
      state.putNull("preprocessing");
    }
    if (state.path("progress") instanceof ObjectNode progress) {
      ObjectNode callbacks = progress.putObject("callbacks").put("rateFactor", 1.0);
      callbacks.putNull("stopReason").putObject("states");
    }
  }

  private static StrictJson json() {
    return StrictJson.of(
        List.of(
            KindFamily.open(Loss.class, "a loss", LOSSES),
            KindFamily.closed(Clipping.class),
            KindFamily.open(Optimizer.class, "an optimizer", OPTIMIZERS),
            KindFamily.open(Schedule.class, "a schedule", SCHEDULES),
            KindFamily.open(Metric.class, "a metric", METRICS)),
        MetricSumsJson.module());
  }
}
