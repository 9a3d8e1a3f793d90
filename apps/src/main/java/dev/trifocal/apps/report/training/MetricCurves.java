package dev.trifocal.apps.report.training;

import dev.trifocal.trainer.EpochRecord;
import java.util.List;
import java.util.OptionalInt;

/**
 * The course of a training run, by epoch.
 *
 * @param history the epochs, in order
 * @param firstFineTunedEpoch the first epoch of fine-tuning; empty if there is none
 */
public record MetricCurves(List<EpochRecord> history, OptionalInt firstFineTunedEpoch) {
  /** The absence of curves, for a model that was only evaluated. */
  public static final MetricCurves NONE = new MetricCurves(List.of());

  public MetricCurves {
    history = List.copyOf(history);
  }

  /** Creates the curves of a training run without fine-tuning. */
  public MetricCurves(List<EpochRecord> history) {
    this(history, OptionalInt.empty());
  }
}
