package dev.trifocal.architecture.planted.trainer;

import java.time.Instant;
import java.util.function.Supplier;

/** Cannot be repeated, and hides it in a method reference. */
public final class PassesClock {
  Supplier<Instant> clock() {
    return Instant::now;
  }
}
