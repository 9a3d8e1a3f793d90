package dev.trifocal.trainer;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** Writes {@code history.json} and {@code history.csv} of a run directory after each epoch. */
public final class HistoryFile implements Callback {
  private final RunDirectory directory;
  private final List<EpochRecord> epochs;

  /**
   * @param before epochs completed before this process started
   */
  public HistoryFile(RunDirectory directory, List<EpochRecord> before) {
    this.directory = directory;
    this.epochs = new ArrayList<>(before);
  }

  @Override
  public void epochEnded(EpochRecord epoch, TrainingControl control) {
    epochs.add(epoch);
    directory.history(epochs);
  }

  /** Returns a JSON array with a flat object per epoch, as plotting tools read it. */
  static String json(List<EpochRecord> epochs) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (EpochRecord epoch : epochs) {
      ObjectNode object = array.addObject().put("epoch", epoch.epoch());
      epoch.metrics().forEach((name, value) -> put(object, name, value));
      put(object, "lr", epoch.lr());
      put(object, "seconds", epoch.seconds());
    }
    return array.toPrettyString() + "\n";
  }

  private static void put(ObjectNode object, String name, double value) {
    if (Double.isFinite(value)) {
      object.put(name, value);
    } else {
      object.putNull(name);
    }
  }

  /** Returns a header and one line per epoch. */
  static String csv(List<EpochRecord> epochs) {
    if (epochs.isEmpty()) {
      return "";
    }
    List<String> metrics = List.copyOf(epochs.get(0).metrics().keySet());
    List<String> names = new ArrayList<>(List.of("epoch"));
    names.addAll(metrics);
    names.addAll(List.of("lr", "seconds"));
    StringBuilder text = new StringBuilder(String.join(",", names)).append('\n');
    for (EpochRecord epoch : epochs) {
      List<String> cells = new ArrayList<>(List.of(String.valueOf(epoch.epoch())));
      metrics.forEach(name -> cells.add(cell(epoch.metrics().getOrDefault(name, Double.NaN))));
      cells.add(cell(epoch.lr()));
      cells.add(cell(epoch.seconds()));
      text.append(String.join(",", cells)).append('\n');
    }
    return text.toString();
  }

  private static String cell(double value) {
    return Double.isFinite(value) ? String.valueOf(value) : "";
  }
}
