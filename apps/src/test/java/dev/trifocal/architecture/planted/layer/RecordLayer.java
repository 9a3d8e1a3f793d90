package dev.trifocal.architecture.planted.layer;

/** Hides a class that is no record. */
public record RecordLayer(int units) {
  /** Is no record, though its owner is one. */
  public static final class Nested {}
}
