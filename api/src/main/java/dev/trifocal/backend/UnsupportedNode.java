package dev.trifocal.backend;

/** A node that a backend cannot take, and why. */
public record UnsupportedNode(String path, String kind, String reason) {
  /** For example {@code up1 (Upsample2d): no gradient}. */
  @Override
  public String toString() {
    return "%s (%s): %s".formatted(path, kind, reason);
  }
}
