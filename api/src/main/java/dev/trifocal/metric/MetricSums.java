package dev.trifocal.metric;

import dev.trifocal.error.DataException;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Named sums, each a number or a row of numbers: what a metric keeps of the batches so far. Sums of
 * batches are added element by element. Immutable.
 */
public final class MetricSums {
  /** No sums, as before the first batch. */
  public static final MetricSums NONE = new MetricSums(Map.of());

  private final Map<String, double[]> rows;

  private MetricSums(Map<String, double[]> rows) {
    this.rows = rows;
  }

  /** Returns a single sum or a single row of sums. */
  public static MetricSums of(String name, double... values) {
    return NONE.and(name, values);
  }

  /** Returns these sums with one sum or row added, or replaced if the name is already present. */
  public MetricSums and(String name, double... values) {
    Map<String, double[]> all = new LinkedHashMap<>(rows);
    all.put(name, values.clone());
    return new MetricSums(all);
  }

  /** Returns the names in insertion order. */
  public Set<String> names() {
    return Collections.unmodifiableSet(rows.keySet());
  }

  /**
   * Returns a row of sums.
   *
   * @throws DataException if there is no sum of this name
   */
  public double[] row(String name) {
    return known(name).clone();
  }

  /**
   * Returns a single sum.
   *
   * @throws DataException if there is no sum of this name, or it is a row of several
   */
  public double value(String name) {
    double[] row = known(name);
    if (row.length != 1) {
      throw new DataException("'%s' is a row of %d sums, not one".formatted(name, row.length));
    }
    return row[0];
  }

  /** Returns whether all sums are finite. */
  public boolean isFinite() {
    return rows.values().stream().flatMapToDouble(Arrays::stream).allMatch(Double::isFinite);
  }

  /**
   * Returns the elementwise total; {@link #NONE} is the neutral element.
   *
   * @throws DataException if the names or the counts differ
   */
  public MetricSums plus(MetricSums other) {
    if (rows.isEmpty() || other.rows.isEmpty()) {
      return rows.isEmpty() ? other : this;
    }
    if (!shape().equals(other.shape())) {
      throw new DataException("sums of %s cannot be added to %s".formatted(other.shape(), shape()));
    }
    Map<String, double[]> result = new LinkedHashMap<>();
    rows.forEach((name, row) -> result.put(name, added(row, other.rows.get(name))));
    return new MetricSums(result);
  }

  private Map<String, Integer> shape() {
    Map<String, Integer> result = new LinkedHashMap<>();
    rows.forEach((name, row) -> result.put(name, row.length));
    return result;
  }

  private double[] known(String name) {
    double[] row = rows.get(name);
    if (row == null) {
      throw new DataException("there is no sum '%s'; there are %s".formatted(name, names()));
    }
    return row;
  }

  private static double[] added(double[] a, double[] b) {
    double[] result = a.clone();
    for (int i = 0; i < result.length; i++) {
      result[i] += b[i];
    }
    return result;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MetricSums sums
        && rows.keySet().equals(sums.rows.keySet())
        && rows.entrySet().stream()
            .allMatch(row -> Arrays.equals(row.getValue(), sums.rows.get(row.getKey())));
  }

  @Override
  public int hashCode() {
    return rows.entrySet().stream()
        .mapToInt(row -> row.getKey().hashCode() ^ Arrays.hashCode(row.getValue()))
        .sum();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("Sums{");
    rows.forEach(
        (name, row) ->
            text.append(text.length() == 5 ? "" : ", ")
                .append(name)
                .append('=')
                .append(row.length == 1 ? String.valueOf(row[0]) : Arrays.toString(row)));
    return text.append('}').toString();
  }
}
