package dev.trifocal.architecture.planted.tensor;

import dev.trifocal.architecture.planted.data.CycleEnd;

/** One half of a cycle. */
public final class CycleStart {
  public Object egg() {
    return new CycleEnd();
  }
}
