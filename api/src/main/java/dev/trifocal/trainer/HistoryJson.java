package dev.trifocal.trainer;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The file {@code history.json}, flat, for people and their plotting tools. */
final class HistoryJson {
  private HistoryJson() {}

  static String write(List<EpochRecord> epochs) {
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
}
