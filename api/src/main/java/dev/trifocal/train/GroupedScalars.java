package dev.trifocal.train;

import dev.trifocal.error.ConfigurationException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An optimizer's scalars for each learning-rate factor. They are computed on the host from the
 * group's own rate, so that formulas need not declare how they depend on the rate.
 */
record GroupedScalars(Optimizer optimizer, List<ParameterGroup> groups) {
  private static final double WHOLE = 1;

  List<String> names() {
    List<String> result = new ArrayList<>();
    for (double factor : factors()) {
      optimizer.scalars().forEach(name -> result.add(name(name, factor)));
    }
    return result;
  }

  Map<String, Double> values(long step, double learningRate) {
    Map<String, Double> result = new LinkedHashMap<>();
    for (double factor : factors()) {
      Map<String, Double> values = optimizer.scalars(step, factor * learningRate);
      if (!values.keySet().equals(Set.copyOf(optimizer.scalars()))) {
        throw new ConfigurationException(
            "%s declares the scalars %s, but returns %s"
                .formatted(optimizer.getClass().getName(), optimizer.scalars(), values.keySet()));
      }
      values.forEach((name, value) -> result.put(name(name, factor), value));
    }
    return result;
  }

  /** Returns the scalars of a parameter by the optimizer's names. */
  <T> Map<String, T> of(String parameter, Map<String, T> scalars) {
    double factor = factor(parameter);
    Map<String, T> result = new LinkedHashMap<>();
    optimizer.scalars().forEach(name -> result.put(name, scalars.get(name(name, factor))));
    return result;
  }

  private double factor(String parameter) {
    return groups.stream()
        .filter(group -> group.covers(parameter))
        .max(Comparator.comparingInt(group -> group.prefix().length()))
        .map(ParameterGroup::factor)
        .orElse(WHOLE);
  }

  private List<Double> factors() {
    List<Double> result = new ArrayList<>(List.of(WHOLE));
    groups.stream()
        .map(ParameterGroup::factor)
        .filter(f -> f != WHOLE)
        .distinct()
        .forEach(result::add);
    return result;
  }

  private static String name(String scalar, double factor) {
    return factor == WHOLE ? scalar : scalar + "/" + factor;
  }
}
