package dev.trifocal.apps.training;

import dev.trifocal.apps.model.EvaluationData;
import dev.trifocal.apps.run.TrainingRun;
import dev.trifocal.data.Splits;
import dev.trifocal.trainer.DataProvenance;
import dev.trifocal.trainer.TrainingState;
import java.util.ArrayList;
import java.util.List;

/** Notes on the data that are printed before the first step. */
final class TrainingNotes {
  /** Below this size, a single sample changes the accuracy by more than 2 %. */
  private static final int FEW = 50;

  private TrainingNotes() {}

  static List<String> of(TrainingRun run, TrainingState start, Splits data) {
    List<String> notes = new ArrayList<>();
    List<String> changed = DataProvenance.changed(start.progress(), data);
    if (!changed.isEmpty()) {
      notes.add(EvaluationData.changed(run.folder().toString(), run.settings().data(), changed));
    }
    data.validation()
        .filter(part -> part.size() < FEW)
        .ifPresent(part -> notes.add(fewToValidate(part.size())));
    return notes;
  }

  private static String fewToValidate(int size) {
    return "note: %s validation sample%s to choose the best epoch by; each counts for %s %% of the accuracy; add a val folder or more images for a safer choice"
        .formatted(
            size == 1 ? "only 1" : "only " + size, size == 1 ? "" : "s", Math.round(100.0 / size));
  }
}
