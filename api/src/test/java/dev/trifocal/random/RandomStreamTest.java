package dev.trifocal.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RandomStreamTest {
  private static final int COUNT = 200_000;
  private static final RandomStream STREAM = RandomStream.of(42).at("test");

  @Test
  void uniform_numbers_are_uniform() {
    assertThat(mean(STREAM::uniform)).isCloseTo(0.5, within(0.003));
    assertThat(mean(i -> Math.pow(STREAM.uniform(i) - 0.5, 2))).isCloseTo(1 / 12.0, within(0.001));
    int[] bins = new int[16];
    LongStream.range(0, COUNT).forEach(i -> bins[(int) (STREAM.uniform(i) * 16)]++);
    assertThat(chiSquare(bins)).isLessThan(37.7);
  }

  @Test
  void uniform_numbers_stay_within_their_bounds() {
    assertThat(LongStream.range(0, COUNT).mapToDouble(i -> STREAM.uniform(i, -2, 3)))
        .allMatch(value -> value >= -2 && value < 3);
    assertThat(mean(i -> STREAM.uniform(i, -2, 3))).isCloseTo(0.5, within(0.02));
  }

  @Test
  void gaussian_numbers_are_standard_normal() {
    assertThat(mean(STREAM::gaussian)).isCloseTo(0, within(0.01));
    assertThat(mean(i -> Math.pow(STREAM.gaussian(i), 2))).isCloseTo(1, within(0.02));
    assertThat(mean(i -> Math.pow(STREAM.gaussian(i), 3))).isCloseTo(0, within(0.05));
    assertThat(mean(i -> Math.pow(STREAM.gaussian(i), 4))).isCloseTo(3, within(0.1));
  }

  @Test
  void neighbours_are_not_correlated() {
    assertThat(mean(i -> STREAM.gaussian(i) * STREAM.gaussian(i + 1))).isCloseTo(0, within(0.01));
    assertThat(mean(i -> STREAM.at(i).gaussian(0) * STREAM.at(i + 1).gaussian(0)))
        .isCloseTo(0, within(0.01));
    assertThat(mean(i -> RandomStream.of(i).gaussian(0) * RandomStream.of(i + 1).gaussian(0)))
        .isCloseTo(0, within(0.01));
  }

  @Test
  void whole_numbers_below_a_bound_are_all_met_equally() {
    int[] bins = new int[7];
    LongStream.range(0, COUNT).forEach(i -> bins[STREAM.below(i, 7)]++);
    assertThat(chiSquare(bins)).isLessThan(22.5);
    assertThat(STREAM.below(0, 1)).isZero();
    assertThat(LongStream.range(0, 1000).mapToInt(i -> STREAM.below(i, Integer.MAX_VALUE)))
        .allMatch(value -> value >= 0);
  }

  @Test
  void permutations_hold_every_index_and_move_all_alike() {
    int[] permutation = STREAM.permutation(1000);
    assertThat(Arrays.stream(permutation).sorted())
        .containsExactlyElementsOf(IntStream.range(0, 1000).boxed().toList());
    int[][] places = new int[5][5];
    for (int i = 0; i < 20_000; i++) {
      int[] order = STREAM.at(i).permutation(5);
      for (int k = 0; k < 5; k++) {
        places[k][order[k]]++;
      }
    }
    assertThat(List.of(places)).allSatisfy(bins -> assertThat(chiSquare(bins)).isLessThan(18.5));
    assertThat(STREAM.permutation(0)).isEmpty();
  }

  @Test
  void other_seeds_names_and_indices_give_other_streams() {
    Set<Long> keys = new HashSet<>();
    for (int i = -50; i < 50; i++) {
      keys.add(RandomStream.of(i).key());
      keys.add(STREAM.at(i).key());
      keys.add(STREAM.at("layer" + i).key());
      keys.add(STREAM.at("a").at(i).key());
    }
    assertThat(keys).hasSize(400);
    assertThat(STREAM.at("ab").at("c")).isNotEqualTo(STREAM.at("a").at("bc"));
    assertThat(STREAM.at("")).isNotEqualTo(STREAM);
  }

  @Test
  void the_numbers_never_change() {
    assertThat(RandomStream.of(42).bits(0)).isEqualTo(6332618229526065668L);
    assertThat(RandomStream.of(42).at("conv1.weight").bits(7)).isEqualTo(5961959483756931723L);
    assertThat(RandomStream.of(42).at(3).uniform(1)).isEqualTo(0.36523085832595825f);
    assertThat(RandomStream.of(0).gaussian(5)).isEqualTo(1.0756910409223415);
    assertThat(RandomStream.of(1).permutation(8)).containsExactly(2, 7, 0, 3, 6, 1, 5, 4);
  }

  private static double mean(LongToDoubleFunction value) {
    return LongStream.range(0, COUNT).mapToDouble(value).average().orElseThrow();
  }

  private static double chiSquare(int[] bins) {
    double expected = Arrays.stream(bins).average().orElseThrow();
    return Arrays.stream(bins).mapToDouble(b -> Math.pow(b - expected, 2) / expected).sum();
  }
}
