package dev.trifocal.backend.djl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.backend.djl.SimulatedMemory.Use;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** All arrays have one element, so that the reordered weight is what takes memory. */
class SimulatedWeightedTest {
  private static final long ONE = SimulatedArray.ELEMENT;
  private static final long KERNEL = 1024;

  private final SimulatedMemory memory = new SimulatedMemory(0);
  private final SimulatedTape tape = new SimulatedTape(memory, new SimulatedPrimitives(memory));

  @Test
  void theOutputIsComputedWithAPaddedWeight() {
    convolution(array(Optional.empty()), array(Optional.empty()), 17, 16);

    assertLargest(32L * 16);
  }

  @Test
  void theGradientOfTheInputIsComputedWithAPaddedWeight() {
    SimulatedArray x = array(Optional.of(SimulatedBlock::release));
    tape.backward(convolution(x, array(Optional.empty()), 16, 17));

    assertLargest(16L * 32);
  }

  @Test
  void theGradientOfTheWeightComesPaddedOnBothSides() {
    SimulatedArray weight = array(Optional.of(SimulatedBlock::release));
    tape.backward(convolution(array(Optional.empty()), weight, 17, 17));

    assertLargest(32L * 32);
  }

  private SimulatedArray convolution(
      SimulatedArray x, SimulatedArray weight, long outputs, long inputs) {
    BlockedWeight blocked = new BlockedWeight(outputs * inputs * KERNEL, outputs, inputs);
    return new SimulatedWeighted(tape).convolution(x, weight, blocked, Optional.empty(), 1);
  }

  private SimulatedArray array(Optional<SimulatedArray.GradientTarget> target) {
    return new SimulatedArray(memory.allocate(Use.BATCH, ONE), 1, target);
  }

  private void assertLargest(long channels) {
    long reordered = channels * KERNEL * ONE;
    assertThat(memory.peak(Use.VALUES)).isBetween(reordered, reordered + 10 * ONE);
  }
}
