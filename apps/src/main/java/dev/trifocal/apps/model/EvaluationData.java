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
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The data sets that a model is evaluated on, labelled with the model's class ids.
 *
 * @param parts data sets by the name of the split
 * @param notes notes for the user on the choice of these data sets
 */
public record EvaluationData(Map<String, Dataset> parts, List<String> notes) {
  /** The largest number of classes to list. */
  private static final int LISTED = 12;

  public EvaluationData {
    parts = new LinkedHashMap<>(parts);
    notes = List.copyOf(notes);
  }

  /**
   * Selects the data to evaluate a model on. Without a requested split, these are: the held-out
   * splits, if the model was trained on the data; all samples, if it was trained on other data; and
   * the held-out splits with a note on a possible overlap, if nothing is known of its training.
   *
   * @param progress the progress of its training, {@link TrainingProgress#start()} if unknown
   * @param own the data that its run names; empty if it is not a run
   * @param wanted the requested split
   * @throws DataException if there is no such split, or the data has classes that the model lacks
   */
  public static EvaluationData of(
      RunnableModel model,
      TrainingProgress progress,
      Optional<String> own,
      Splits splits,
      Optional<DataSplit> wanted) {
    String data = model.settings().data();
    List<String> notes = new ArrayList<>();
    Map<String, Dataset> parts = new LinkedHashMap<>();
    if (DataProvenance.isKnown(progress)) {
      List<String> changed = DataProvenance.changed(progress, splits);
      boolean same = own.map(data::equals).orElse(false) || changed.isEmpty();
      if (same && !changed.isEmpty()) {
        notes.add(changed(model.name(), data, changed));
      }
      if (!same && wanted.isEmpty()) {
        parts.putAll(whole(splits));
        notes.add(
            "note: %s was not trained on %s; evaluating all %s samples (--split selects some)"
                .formatted(model.name(), data, NumberText.count(size(parts))));
      }
    }
    if (parts.isEmpty()) {
      parts.putAll(wanted.map(one -> one.parts(splits)).orElseGet(() -> DataSplit.heldOut(splits)));
      if (!DataProvenance.isKnown(progress)) {
        notes.addAll(overlap(model.name(), data, splits, parts));
      }
    }
    List<String> classes = splits.train().classes();
    if (model.classes().isEmpty() && isUnsorted(classes)) {
      notes.add(
          "note: %s does not name its classes, so they are those of %s in the order of their names: %s. Name them with --classes FILE if this is wrong"
              .formatted(model.name(), data, listed(classes)));
    }
    ClassMapping mapping = ClassMapping.of(model.name(), model.classes(), splits.train());
    parts.replaceAll((name, part) -> mapping.of(part));
    return new EvaluationData(parts, notes);
  }

  /** Returns whether names are numbers in another order than that of their values: 1, 10, 2. */
  private static boolean isUnsorted(List<String> names) {
    return names.stream().allMatch(name -> name.matches("\\d{1,9}"))
        && !names.stream().sorted(Comparator.comparing(Integer::valueOf)).toList().equals(names);
  }

  private static String listed(List<String> names) {
    return String.join(", ", names.subList(0, Math.min(LISTED, names.size())))
        + (names.size() > LISTED ? " and so on" : "");
  }

  /** Returns the note that the data of a run has changed. */
  public static String changed(String run, String data, List<String> parts) {
    return "note: %s has changed since %s was trained on it (%s); results differ from those of training"
        .formatted(data, run, String.join(", ", parts));
  }

  private static List<String> overlap(
      String model, String data, Splits splits, Map<String, Dataset> parts) {
    List<String> drawn = parts.keySet().stream().filter(splits.drawn()::contains).toList();
    return drawn.isEmpty()
        ? List.of()
        : List.of(
            "note: the %s images of %s are drawn from its training images; if %s was trained on those, the results are too good"
                .formatted(String.join(" and ", drawn), data, model));
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
