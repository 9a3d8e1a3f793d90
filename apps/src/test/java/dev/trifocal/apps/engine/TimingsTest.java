package dev.trifocal.apps.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TimingsTest {
  @Test
  void the_median_is_in_the_middle() {
    assertThat(new Timings(List.of(9.0, 1.0, 2.0)).median()).isEqualTo(2);
    assertThat(new Timings(List.of(9.0, 1.0, 2.0, 4.0)).median()).isEqualTo(3);
    assertThat(new Timings(List.of(7.0)).median()).isEqualTo(7);
  }

  @Test
  void repetitions_at_the_same_time_share_the_elapsed_time() {
    assertThat(new Timings(List.of(9.0, 8.0), 10).perRepetition()).isEqualTo(5);
  }

  @Test
  void the_spread_is_from_the_shortest_to_the_longest() {
    Timings timings = new Timings(List.of(9.0, 1.0, 2.0));
    assertThat(timings.perRepetition()).isEqualTo(4);
    assertThat(timings.shortest()).isEqualTo(1);
    assertThat(timings.longest()).isEqualTo(9);
  }
}
