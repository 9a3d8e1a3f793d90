package dev.trifocal.architecture.planted.layer;

/** Where a value lies in memory. */
public enum Storage {
  GIVEN
}
