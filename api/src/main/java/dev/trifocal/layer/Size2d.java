package dev.trifocal.layer;

/** A height and a width, in pixels or steps. */
public record Size2d(int height, int width) {
  public static Size2d square(int size) {
    return new Size2d(size, size);
  }

  /** Returns the height times the width. */
  public int area() {
    return height * width;
  }

  /** Returns for example {@code 3x3}. */
  @Override
  public String toString() {
    return height + "x" + width;
  }
}
