package dev.trifocal.architecture.planted.data;

import dev.trifocal.architecture.planted.tensor.Hen;

/** The other half of a cycle. */
public final class Egg {
  public Object hen() {
    return new Hen();
  }
}
