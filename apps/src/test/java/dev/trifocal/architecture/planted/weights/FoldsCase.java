package dev.trifocal.architecture.planted.weights;

/** Breaks the rule on locale and charset. */
public final class FoldsCase {
  private FoldsCase() {}

  static String folded(String text) {
    return text.toLowerCase();
  }
}
