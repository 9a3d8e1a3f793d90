package dev.trifocal.architecture.planted.data;

import dev.trifocal.architecture.planted.tensor.CycleStart;

/** The other half of a cycle. */
public final class CycleEnd {
  public Object hen() {
    return new CycleStart();
  }
}
