package dev.trifocal.architecture.planted.apps;

/** Touches the process too. */
public final class Exits {
  void leave() {
    System.exit(1);
  }
}
