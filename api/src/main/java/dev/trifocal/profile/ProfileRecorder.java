package dev.trifocal.profile;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Adds up calls of operators for a {@link Profile}. Not thread-safe. */
public final class ProfileRecorder {
  private final Map<Key, Sum> sums = new LinkedHashMap<>();

  private record Key(String operator, List<String> layers, StepPhase phase) {}

  private static final class Sum {
    private long calls;
    private double milliseconds;
  }

  /** Adds one call. */
  public void add(String operator, List<String> layers, StepPhase phase, double milliseconds) {
    Sum sum = sums.computeIfAbsent(new Key(operator, layers, phase), key -> new Sum());
    sum.calls++;
    sum.milliseconds += milliseconds;
  }

  /** Returns the sums, in the order of the first calls. */
  public List<ProfileEntry> entries() {
    return sums.entrySet().stream()
        .map(
            sum ->
                new ProfileEntry(
                    sum.getKey().operator(),
                    sum.getKey().layers(),
                    sum.getKey().phase(),
                    sum.getValue().calls,
                    sum.getValue().milliseconds))
        .toList();
  }
}
