package dev.trifocal.architecture.planted.trainer;

import java.util.Random;

/** Depends on how often it was called. */
public final class OwnsRandom {
  private final Random random = new Random(1);

  int number() {
    return random.nextInt();
  }
}
