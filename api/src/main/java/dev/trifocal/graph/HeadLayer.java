package dev.trifocal.graph;

import java.util.List;

/**
 * A layer of a classifier's head while the head is drawn anew.
 *
 * @param inputs what it reads
 */
record HeadLayer(Node node, List<MapValue> inputs) {
  MapValue input() {
    return inputs.get(0);
  }

  List<Value> maps() {
    return inputs.stream().map(MapValue::map).toList();
  }
}
