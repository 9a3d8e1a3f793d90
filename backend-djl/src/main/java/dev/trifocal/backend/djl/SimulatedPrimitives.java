package dev.trifocal.backend.djl;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What OneDNN keeps of a convolution once it has run: machine code and descriptions, in its {@code
 * primitive_cache}. They are small, but they are made in the first step between large arrays, and
 * stay there: a hole that ends at one of them never grows.
 */
final class SimulatedPrimitives {
  /** A kind of convolution. */
  enum Kind {
    FORWARD,
    INPUT_GRADIENT,
    WEIGHT_GRADIENT
  }

  private record Key(Kind kind, long input, long weight, long output) {}

  /**
   * The sizes of what stays of one primitive, in bytes: rounded averages over the convolutions of
   * SqueezeNet and ResNet-18, logged in calls of {@code malloc}.
   */
  private static final List<Long> OBJECTS =
      List.of(
          12_000L, 6000L, 6000L, 6000L, 3000L, 3000L, 3000L, 800L, 800L, 800L, 200L, 200L, 200L,
          200L, 200L);

  private final SimulatedMemory memory;
  private final Set<Key> known = new HashSet<>();

  SimulatedPrimitives(SimulatedMemory memory) {
    this.memory = memory;
  }

  /** Makes a primitive if there is none for such arrays. */
  void require(Kind kind, SimulatedArray input, SimulatedArray weight, long output) {
    if (known.add(new Key(kind, input.elements(), weight.elements(), output))) {
      for (long size : OBJECTS) {
        memory.allocateObject(size);
      }
    }
  }
}
