package dev.trifocal.architecture.planted.apps;

/** Touches the process. */
public final class ReadsEnvironment {
  String home() {
    return System.getenv("HOME");
  }
}
