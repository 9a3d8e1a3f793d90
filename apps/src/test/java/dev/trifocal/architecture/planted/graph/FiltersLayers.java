package dev.trifocal.architecture.planted.graph;

import dev.trifocal.architecture.planted.layer.RecordLayer;
import java.util.List;

/** Would not notice a new layer, and asks in a lambda. */
public final class FiltersLayers {
  long count(List<?> layers) {
    return layers.stream().filter(layer -> layer instanceof RecordLayer).count();
  }
}
