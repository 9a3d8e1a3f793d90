package dev.trifocal.apps.report.training;

import dev.trifocal.trainer.EpochRecord;
import java.util.List;
import java.util.OptionalInt;

/**
 * How a training went, epoch after epoch.
 *
 * @param history in the order of the epochs
 * @param firstFineTunedEpoch where more than the head began to learn, if anything did
 */
public record MetricCurves(List<EpochRecord> history, OptionalInt firstFineTunedEpoch) {
  /** Of a model that was only evaluated. */
  public static final MetricCurves NONE = new MetricCurves(List.of());

  public MetricCurves {
    history = List.copyOf(history);
  }

  /** Of a training in one phase. */
  public MetricCurves(List<EpochRecord> history) {
    this(history, OptionalInt.empty());
  }
}
