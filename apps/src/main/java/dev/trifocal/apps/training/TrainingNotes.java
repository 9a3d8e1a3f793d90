package dev.trifocal.apps.training;

import dev.trifocal.apps.model.EvaluationData;
import dev.trifocal.apps.run.TrainingRun;
import dev.trifocal.data.Splits;
import dev.trifocal.trainer.DataProvenance;
import dev.trifocal.trainer.TrainingState;
import java.util.ArrayList;
import java.util.List;

/** What people should know of the data before the first step. */
final class TrainingNotes {
  /** Below this, one sample more or less that is right moves the accuracy by more than 2 %. */
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
    return "note: %s validation sample%s to choose the best epoch by, one of which is %s %% of the accuracy; where it is equal the validation loss decides; more samples (a folder val, or more pictures) make the choice surer"
        .formatted(
            size == 1 ? "only 1" : "only " + size, size == 1 ? "" : "s", Math.round(100.0 / size));
  }
}
