package dev.trifocal.architecture.planted.graph;

import dev.trifocal.architecture.planted.layer.RecordLayer;

/** Would not notice a new layer. */
public final class AsksForLayer {
  boolean one(Object layer) {
    return layer instanceof RecordLayer;
  }
}
