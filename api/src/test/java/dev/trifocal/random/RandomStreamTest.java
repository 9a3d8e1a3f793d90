package dev.trifocal.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RandomStreamTest {
  private static final RandomStream STREAM = RandomStream.of(42);

  /** Checkpoints of old runs resume only while these hold: never change them. */
  @Test
  void its_bits_stay_the_same_for_ever() {
    assertThat(STREAM.key()).isEqualTo(-4767286540954276203L);
    assertThat(RandomStream.of(0).key()).isEqualTo(-2152535657050944081L);
    assertThat(STREAM.bits(0)).isEqualTo(6332618229526065668L);
    assertThat(STREAM.bits(1)).isEqualTo(-816328817471504299L);
    assertThat(STREAM.bits(1L << 40)).isEqualTo(7067088624304863322L);
  }

  @Test
  void its_derived_keys_stay_the_same_for_ever() {
    assertThat(STREAM.at("dropout").key()).isEqualTo(6182547084221672536L);
    assertThat(STREAM.at("").key()).isEqualTo(-5575780348996920605L);
    assertThat(STREAM.at("k\u00f6ln").key()).isEqualTo(-5992796888861052681L);
    assertThat(STREAM.at(0).key()).isEqualTo(2369490779488922796L);
    assertThat(STREAM.at(7).key()).isEqualTo(-1363972488296063896L);
  }

  @Test
  void its_numbers_stay_the_same_for_ever() {
    assertThat(STREAM.uniform(0)).isEqualTo(0.34329188f);
    assertThat(STREAM.uniform(1)).isEqualTo(0.9557467f);
    assertThat(STREAM.uniform(0, -3, 5)).isEqualTo(-0.25366462321061256);
    assertThat(STREAM.gaussian(0)).isEqualTo(1.4061449625634999);
    assertThat(STREAM.gaussian(1)).isEqualTo(1.0947531324548505);
    assertThat(STREAM.below(0, 10)).isEqualTo(3);
    assertThat(STREAM.below(2, 1000)).isEqualTo(486);
    assertThat(STREAM.permutation(10)).containsExactly(5, 8, 1, 4, 0, 7, 2, 9, 6, 3);
  }

  @Test
  void streams_of_different_keys_differ() {
    List<RandomStream> streams =
        List.of(
            STREAM,
            RandomStream.of(43),
            STREAM.at("ab"),
            STREAM.at("a").at("b"),
            STREAM.at("ba"),
            STREAM.at("b").at("a"),
            STREAM.at("a"),
            STREAM.at(""),
            STREAM.at("a\0"),
            STREAM.at("1"),
            STREAM.at(1),
            STREAM.at(2),
            STREAM.at(1).at(2),
            STREAM.at(2).at(1),
            STREAM.at(-1),
            STREAM.at(1).at("1"),
            STREAM.at("1").at(1),
            RandomStream.of(43).at("a"));
    Set<Long> seen = new HashSet<>();
    for (RandomStream stream : streams) {
      LongStream.range(0, 100).forEach(i -> seen.add(stream.bits(i)));
    }
    assertThat(seen).hasSize(100 * streams.size());
  }

  @Test
  void streams_of_neighbouring_indices_are_uncorrelated() {
    double sum = 0;
    for (int i = 0; i < 20_000; i++) {
      sum += STREAM.at(i).gaussian(0) * STREAM.at(i + 1).gaussian(0);
    }
    assertThat(sum / 20_000).isCloseTo(0, within(4 / Math.sqrt(20_000)));
  }

  @Test
  void uniform_numbers_fill_the_interval_from_zero_up_to_but_not_one() {
    double[] values = IntStream.range(0, 100_000).mapToDouble(STREAM::uniform).toArray();
    assertThat(Arrays.stream(values)).allMatch(value -> value >= 0 && value < 1);
    assertThat(Arrays.stream(values).min().orElseThrow()).isLessThan(1e-3);
    assertThat(Arrays.stream(values).max().orElseThrow()).isGreaterThan(0.999);
    assertThat(mean(values)).isCloseTo(0.5, within(0.004));
    assertThat(variance(values)).isCloseTo(1.0 / 12, within(0.002));
  }

  @Test
  void uniform_numbers_of_an_interval_fill_it() {
    double[] values =
        IntStream.range(0, 100_000).mapToDouble(i -> STREAM.uniform(i, -3, 5)).toArray();
    assertThat(Arrays.stream(values)).allMatch(value -> value >= -3 && value < 5);
    assertThat(mean(values)).isCloseTo(1, within(0.03));
    assertThat(variance(values)).isCloseTo(64.0 / 12, within(0.1));
  }

  @Test
  void gaussian_numbers_have_the_moments_of_the_standard_normal() {
    double[] values = IntStream.range(0, 100_000).mapToDouble(STREAM::gaussian).toArray();
    assertThat(mean(values)).isCloseTo(0, within(0.013));
    assertThat(variance(values)).isCloseTo(1, within(0.02));
    assertThat(moment(values, 3)).isCloseTo(0, within(0.05));
    assertThat(moment(values, 4)).isCloseTo(3, within(0.15));
    double within1 = Arrays.stream(values).filter(value -> Math.abs(value) < 1).count() / 1e5;
    assertThat(within1).isCloseTo(0.6827, within(0.006));
  }

  @Test
  void whole_numbers_stay_below_the_bound_and_each_is_as_likely() {
    int[] counts = new int[7];
    for (int i = 0; i < 70_000; i++) {
      counts[STREAM.below(i, 7)]++;
    }
    assertThat(Arrays.stream(counts)).allMatch(count -> Math.abs(count - 10_000) < 400);
  }

  @Test
  void whole_numbers_reach_over_the_whole_range_of_int() {
    int[] values = IntStream.range(0, 1000).map(i -> STREAM.below(i, Integer.MAX_VALUE)).toArray();
    assertThat(Arrays.stream(values)).allMatch(value -> value >= 0 && value < Integer.MAX_VALUE);
    assertThat(Arrays.stream(values).max().orElseThrow()).isGreaterThan(2_100_000_000);
    assertThat(STREAM.below(5, 1)).isZero();
  }

  @Test
  void a_permutation_holds_each_number_once() {
    for (int count : new int[] {0, 1, 2, 1000}) {
      assertThat(Arrays.stream(STREAM.permutation(count)).sorted().toArray())
          .containsExactly(IntStream.range(0, count).toArray());
    }
  }

  @Test
  void a_permutation_takes_each_number_to_each_place_as_often() {
    int[][] counts = new int[5][5];
    for (int i = 0; i < 10_000; i++) {
      int[] permutation = STREAM.at(i).permutation(5);
      for (int place = 0; place < 5; place++) {
        counts[place][permutation[place]]++;
      }
    }
    assertThat(Arrays.stream(counts).flatMapToInt(Arrays::stream))
        .allMatch(count -> Math.abs(count - 2000) < 200);
  }

  private static double mean(double... values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  private static double variance(double... values) {
    return moment(values, 2);
  }

  private static double moment(double[] values, int order) {
    double mean = mean(values);
    return Arrays.stream(values)
        .map(value -> Math.pow(value - mean, order))
        .average()
        .orElseThrow();
  }
}
