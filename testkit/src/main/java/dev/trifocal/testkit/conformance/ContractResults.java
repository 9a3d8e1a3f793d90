package dev.trifocal.testkit.conformance;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one backend showed in one contract.
 *
 * @param cases that passed
 * @param refused names of cases that the backend calls unsupported
 * @param deviations subject (layer, optimizer, net) to kind (forward, gradient, ...) to the largest
 *     one seen
 */
public record ContractResults(
    int cases, List<String> refused, SortedMap<String, SortedMap<String, Double>> deviations) {
  public ContractResults {
    refused = List.copyOf(refused);
    SortedMap<String, SortedMap<String, Double>> copy = new TreeMap<>();
    deviations.forEach((subject, kinds) -> copy.put(subject, sorted(kinds)));
    deviations = Collections.unmodifiableSortedMap(copy);
  }

  private static SortedMap<String, Double> sorted(Map<String, Double> kinds) {
    return Collections.unmodifiableSortedMap(new TreeMap<>(kinds));
  }
}
