package dev.trifocal.architecture.planted.shape;

import dev.trifocal.architecture.planted.graph.SomeGraph;

/** Breaks the table of arrows. */
public final class KnowsGraph {
  Object graph() {
    return new SomeGraph();
  }
}
