package dev.trifocal.architecture.planted.train;

/** Is final, yet its elements are not. */
public final class StaticArray {
  static final int[] NUMBERS = {1, 2, 3};
}
