package dev.trifocal.architecture.planted.weights;

/** Breaks the rule on locale and charset. */
public final class FormatsNumber {
  private FormatsNumber() {}

  static String shown(int number) {
    return String.format("%d", number);
  }
}
