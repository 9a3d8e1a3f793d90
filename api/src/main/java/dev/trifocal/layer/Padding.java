package dev.trifocal.layer;

import dev.trifocal.error.GraphException;

/** Numbers of rows and columns around an image, each at least 0. */
public record Padding(int top, int left, int bottom, int right) {
  public static final Padding NONE = all(0);

  public static Padding all(int size) {
    return new Padding(size, size, size, size);
  }

  void requireNotNegative() {
    if (Math.min(Math.min(top, left), Math.min(bottom, right)) < 0) {
      throw new GraphException("padding must not be negative, but is " + this);
    }
  }

  /** Returns for example {@code 1}, or {@code [0,0,1,1]} (top, left, bottom, right). */
  @Override
  public String toString() {
    return top == left && top == bottom && top == right
        ? String.valueOf(top)
        : "[%s,%s,%s,%s]".formatted(top, left, bottom, right);
  }
}
