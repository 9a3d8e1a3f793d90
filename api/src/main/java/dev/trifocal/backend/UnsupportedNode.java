package dev.trifocal.backend;

/** A node that a backend does not support, and the reason. */
public record UnsupportedNode(String path, String kind, String reason) {
  /** Returns a string such as {@code up1 (Upsample2d): no gradient}. */
  @Override
  public String toString() {
    return "%s (%s): %s".formatted(path, kind, reason);
  }
}
