package dev.trifocal.architecture.planted.graph;

/** Likewise. */
public interface ConstantsOnly {
  int ONE = Integer.parseInt("1");
}
