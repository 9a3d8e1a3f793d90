package dev.trifocal.testkit.randomgraph;

import java.util.List;

/**
 * One step of drawing: numbers that choose, each taken modulo what there is to choose from.
 *
 * @param value which of the values drawn so far goes on; the latest if it is even
 * @param other which of the values drawn so far it may meet
 * @param layer what is done
 * @param first the layer's first setting
 * @param second the layer's second setting
 */
public record OperationChoice(int value, int other, int layer, int first, int second) {
  <T> T value(List<T> values) {
    return value % 2 == 0 ? values.get(values.size() - 1) : choose(value / 2, values);
  }

  <T> T other(List<T> values) {
    return choose(other, values);
  }

  <T> T layer(List<T> steps) {
    return choose(layer, steps);
  }

  /** {@code first}, from {@code low} to {@code high}. */
  int first(int low, int high) {
    return low + Math.floorMod(first, high - low + 1);
  }

  /** {@code second}, from {@code low} to {@code high}. */
  int second(int low, int high) {
    return low + Math.floorMod(second, high - low + 1);
  }

  private static <T> T choose(int number, List<T> all) {
    return all.get(Math.floorMod(number, all.size()));
  }
}
