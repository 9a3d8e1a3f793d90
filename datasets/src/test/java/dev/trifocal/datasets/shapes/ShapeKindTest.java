package dev.trifocal.datasets.shapes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ShapeKindTest {
  @ParameterizedTest
  @CsvSource({
    "CIRCLE,   0,    0,    -1",
    "CIRCLE,   1,    0,     0",
    "RING,     0.7,  0,    -0.3",
    "RING,     0,    0,     0.4",
    "RING,     0,    1,     0",
    "SQUARE,   0.8,  0.5,   0",
    "SQUARE,   0,    0,    -0.8",
    "TRIANGLE, 0,    0.5,   0",
    "TRIANGLE, 0,   -1,     0",
    "TRIANGLE, 0,    0,    -0.5",
    "CROSS,    1,    0,     0",
    "CROSS,    0.5,  0.32,  0",
    "CROSS,    0.5,  0.5,   0.18",
    "STAR,     1,    0,     0",
    "STAR,    -0.45, 0,     0"
  })
  void the_distance_is_0_on_the_outline_and_negative_inside(
      ShapeKind kind, double x, double y, double distance) {
    assertThat(kind.distance(x, y)).isCloseTo(distance, within(1e-9));
  }

  @ParameterizedTest
  @EnumSource
  void shapes_fit_into_a_circle_about_their_radius(ShapeKind kind) {
    for (int degrees = 0; degrees < 360; degrees++) {
      double angle = Math.toRadians(degrees);
      assertThat(kind.distance(1.2 * Math.cos(angle), 1.2 * Math.sin(angle))).isPositive();
    }
  }

  @Test
  void ids_follow_the_ground() {
    assertThat(ShapeKind.values()).extracting(ShapeKind::id).containsExactly(1, 2, 3, 4, 5, 6);
  }
}
