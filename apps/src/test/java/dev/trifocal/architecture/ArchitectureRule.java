package dev.trifocal.architecture;

import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A rule together with the proof that it can fail.
 *
 * @param rule for the code whose packages lie below the given root
 * @param violations each of which alone breaks the rule; never empty
 */
record ArchitectureRule(String name, Function<String, ArchRule> rule, List<Violation> violations) {
  static final String PRODUCT = "dev.trifocal";
  static final String PLANTED = "dev.trifocal.architecture.planted";

  /**
   * Code that breaks a rule on purpose.
   *
   * @param complaint part of what the rule says about it
   * @param classes below {@link #PLANTED}
   */
  record Violation(String complaint, List<Class<?>> classes) {}

  static ArchitectureRule of(String name, Function<String, ArchRule> rule) {
    return new ArchitectureRule(name, rule, List.of());
  }

  ArchitectureRule brokenBy(String complaint, Class<?>... classes) {
    List<Violation> more = new ArrayList<>(violations);
    more.add(new Violation(complaint, List.of(classes)));
    return new ArchitectureRule(name, rule, List.copyOf(more));
  }

  @Override
  public String toString() {
    return name;
  }
}
