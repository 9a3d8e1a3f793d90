package dev.trifocal.apps.model;

import dev.trifocal.apps.report.NumberText;
import dev.trifocal.data.ClassMapping;
import dev.trifocal.data.ConcatDataset;
import dev.trifocal.data.Dataset;
import dev.trifocal.data.Splits;
import dev.trifocal.error.DataException;
import dev.trifocal.trainer.DataProvenance;
import dev.trifocal.trainer.TrainingProgress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a model is measured on, with its own class ids.
 *
 * @param parts name to samples
 * @param notes what people should know of them
 */
public record EvaluationData(Map<String, Dataset> parts, List<String> notes) {
  public EvaluationData {
    parts = new LinkedHashMap<>(parts);
    notes = List.copyOf(notes);
  }

  /**
   * Of the data that a model was trained on, the parts that are held out; other data whole, since
   * none of it was trained on. Of a model that says nothing of its training, the parts that are
   * held out, with a note on those that may overlap.
   *
   * @param model as it was opened, with what its training has noted
   * @param own what its run names as its data; empty if there is no run
   * @param wanted the part that was asked for
   * @throws DataException if there is no such part, or the data has classes that the model does not
   *     know
   */
  public static EvaluationData of(
      LoadedModel model, Optional<String> own, Splits splits, Optional<DataSplit> wanted) {
    List<String> notes = new ArrayList<>();
    Map<String, Dataset> parts = new LinkedHashMap<>();
    String data = model.settings().data();
    TrainingProgress progress = model.state().progress();
    if (DataProvenance.isKnown(progress)) {
      List<String> changed = DataProvenance.changed(progress, splits);
      boolean same = own.map(data::equals).orElse(false) || changed.isEmpty();
      if (same && !changed.isEmpty()) {
        notes.add(changed(model.name(), data, changed));
      }
      if (!same && wanted.isEmpty()) {
        parts.putAll(whole(splits));
        notes.add(
            "note: %s was not trained on %s, so all its %s samples are measured; --split measures a part"
                .formatted(model.name(), data, NumberText.count(size(parts))));
      }
    }
    if (parts.isEmpty()) {
      parts.putAll(wanted.map(one -> one.parts(splits)).orElseGet(() -> DataSplit.heldOut(splits)));
      if (!DataProvenance.isKnown(progress)) {
        notes.addAll(overlap(model.name(), data, splits, parts));
      }
    }
    ClassMapping mapping = ClassMapping.of(model.name(), model.classes(), splits.train());
    parts.replaceAll((name, part) -> mapping.of(part));
    return new EvaluationData(parts, notes);
  }

  /** What to say where a run's data is no longer what it was. */
  public static String changed(String run, String data, List<String> parts) {
    return "note: %s has changed since %s was trained on it (%s), so numbers differ from those of training"
        .formatted(data, run, String.join(", ", parts));
  }

  private static List<String> overlap(
      String model, String data, Splits splits, Map<String, Dataset> parts) {
    List<String> drawn = parts.keySet().stream().filter(splits.drawn()::contains).toList();
    return drawn.isEmpty()
        ? List.of()
        : List.of(
            "note: %s of %s %s drawn out of its training samples; if %s was trained on these, it knows some of what it is measured on"
                .formatted(
                    String.join(" and ", drawn), data, drawn.size() == 1 ? "is" : "are", model));
  }

  private static Map<String, Dataset> whole(Splits splits) {
    Map<String, Dataset> parts = splits.parts();
    parts.values().removeIf(part -> part.size() == 0);
    if (parts.size() == 1) {
      return parts;
    }
    String name = splits.train().name().replaceFirst("/train$", "");
    return Map.of("all", new ConcatDataset(name, List.copyOf(parts.values())));
  }

  private static int size(Map<String, Dataset> parts) {
    return parts.values().stream().mapToInt(Dataset::size).sum();
  }
}
