package dev.trifocal.architecture.planted.data;

/** Has a method that cannot be called. */
public final class Refuses {
  int size() {
    throw new UnsupportedOperationException("size");
  }
}
