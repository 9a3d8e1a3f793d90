package dev.trifocal.architecture.planted.weights;

/** Breaks the rule on locale and charset. */
public final class EncodesText {
  private EncodesText() {}

  static byte[] encoded(String text) {
    return text.getBytes();
  }
}
