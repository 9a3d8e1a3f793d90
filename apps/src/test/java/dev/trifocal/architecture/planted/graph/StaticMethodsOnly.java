package dev.trifocal.architecture.planted.graph;

/** Looks as if someone could implement it. */
public interface StaticMethodsOnly {
  static int one() {
    return 1;
  }
}
