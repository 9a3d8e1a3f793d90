package dev.trifocal.architecture.planted.tensor;

import dev.trifocal.architecture.planted.data.Egg;

/** One half of a cycle. */
public final class Hen {
  public Object egg() {
    return new Egg();
  }
}
