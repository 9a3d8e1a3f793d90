package dev.trifocal.backend.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.backend.onnx.ArenaSimulation.Piece;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The arena doubles its regions, splits what is too large and joins what is free")
class ArenaSimulationTest {
  private static final long MEBIBYTE = 1 << 20;

  private final ArenaSimulation arena = new ArenaSimulation();

  @Test
  void thePeakIsTheLargestSumOfAllocations() {
    Piece first = arena.allocate(3 * MEBIBYTE);
    Piece second = arena.allocate(5 * MEBIBYTE);
    arena.free(first);
    arena.allocate(MEBIBYTE);
    arena.free(second);
    assertThat(arena.peak()).isEqualTo(8 * MEBIBYTE);
  }

  @Test
  void memoryThatNoAllocationHasTouchedIsNotResident() {
    arena.allocate(33 * MEBIBYTE);
    assertThat(arena.resident()).isEqualTo(34 * MEBIBYTE);
  }

  @Test
  void aFreePieceIsUsedAgain() {
    arena.free(arena.allocate(32 * MEBIBYTE));
    arena.free(arena.allocate(30 * MEBIBYTE));
    assertThat(arena.resident()).isEqualTo(32 * MEBIBYTE);
  }

  @Test
  void neighboursThatAreFreeBecomeOnePiece() {
    Piece whole = arena.allocate(64 * MEBIBYTE);
    arena.free(whole);
    Piece first = arena.allocate(16 * MEBIBYTE);
    Piece second = arena.allocate(16 * MEBIBYTE);
    Piece third = arena.allocate(8 * MEBIBYTE);
    arena.free(first);
    arena.free(third);
    arena.free(second);
    arena.allocate(64 * MEBIBYTE);
    assertThat(arena.resident()).isEqualTo(64 * MEBIBYTE);
  }

  @Test
  void aPieceLessThanTwiceAsLargeIsNotSplit() {
    arena.free(arena.allocate(32 * MEBIBYTE));
    arena.allocate(17 * MEBIBYTE);
    arena.allocate(15 * MEBIBYTE);
    assertThat(arena.resident()).isEqualTo((32 + 16) * MEBIBYTE);
  }

  @Test
  void theSmallestPieceThatIsLargeEnoughIsTaken() {
    Piece large = arena.allocate(64 * MEBIBYTE);
    Piece small = arena.allocate(128 * MEBIBYTE);
    arena.free(large);
    arena.free(small);
    arena.allocate(64 * MEBIBYTE);
    arena.allocate(128 * MEBIBYTE);
    assertThat(arena.resident()).isEqualTo(192 * MEBIBYTE);
  }
}
