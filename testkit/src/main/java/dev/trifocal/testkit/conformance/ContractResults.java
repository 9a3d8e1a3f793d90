package dev.trifocal.testkit.conformance;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The results of one backend in one contract.
 *
 * @param cases the number of passed cases
 * @param refused the names of the cases that the backend declares unsupported
 * @param deviations the largest deviations by subject (layer, optimizer, network) and kind
 *     (forward, gradient, ...)
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
