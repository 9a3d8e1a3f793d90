package dev.trifocal.architecture.planted.trainer;

/** Prints from a library. */
public final class Prints {
  void hello() {
    System.out.println("hello");
  }
}
