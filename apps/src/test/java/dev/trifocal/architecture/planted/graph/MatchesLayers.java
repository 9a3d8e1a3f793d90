package dev.trifocal.architecture.planted.graph;

import dev.trifocal.architecture.planted.layer.RecordLayer;
import java.util.List;

/** Would not notice a new layer, and asks by the class object. */
public final class MatchesLayers {
  long count(List<?> layers) {
    return layers.stream().filter(RecordLayer.class::isInstance).count();
  }
}
