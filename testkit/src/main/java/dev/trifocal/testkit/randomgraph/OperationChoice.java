package dev.trifocal.testkit.randomgraph;

import java.util.List;

/**
 * One step of building a random graph: numbers that select options, each modulo the number of
 * options.
 *
 * @param value selects the input from the values so far; even numbers select the latest
 * @param other selects a possible second input
 * @param layer selects the operation
 * @param first selects the layer's first setting
 * @param second selects the layer's second setting
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

  /** Maps {@code first} to the range {@code low} to {@code high}, inclusive. */
  int first(int low, int high) {
    return low + Math.floorMod(first, high - low + 1);
  }

  /** Maps {@code second} to the range {@code low} to {@code high}, inclusive. */
  int second(int low, int high) {
    return low + Math.floorMod(second, high - low + 1);
  }

  private static <T> T choose(int number, List<T> all) {
    return all.get(Math.floorMod(number, all.size()));
  }
}
