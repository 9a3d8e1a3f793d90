package dev.trifocal.architecture.planted.train;

/** Can be changed from anywhere. */
public final class CountsInStatic {
  static int count;
}
