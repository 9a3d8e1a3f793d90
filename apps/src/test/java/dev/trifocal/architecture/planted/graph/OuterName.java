package dev.trifocal.architecture.planted.graph;

/** Nests a type with the name of a top-level one. */
public record OuterName(SomeGraph graph) {
  /** Has the name of a type of its own package. */
  public record SomeGraph() {}
}
