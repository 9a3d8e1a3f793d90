package dev.trifocal.selection;

/**
 * A backend that could not be measured.
 *
 * @param backend name of the backend
 * @param reason why its engine did not start, or why it cannot do the work
 */
public record SkippedBackend(String backend, String reason) {
  /** Returns a string such as {@code djl: no native library for this platform}. */
  @Override
  public String toString() {
    return backend + ": " + reason;
  }
}
