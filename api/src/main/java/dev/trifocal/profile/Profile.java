package dev.trifocal.profile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where an engine spent the time of training steps or predictions.
 *
 * @param steps number of profiled steps, at least 1
 * @param milliseconds wall time of all profiled steps
 * @param entries the calls of operators; their times do not overlap
 */
public record Profile(int steps, double milliseconds, List<ProfileEntry> entries) {
  public Profile {
    entries = List.copyOf(entries);
  }

  /** Returns the mean wall time per step, in milliseconds. */
  public double perStep() {
    return milliseconds / steps;
  }

  /**
   * Returns the mean time per step that was spent outside operators, in milliseconds: data
   * transfer, scheduling and the host's own work.
   */
  public double outside() {
    double inside = entries.stream().mapToDouble(ProfileEntry::milliseconds).sum();
    return (milliseconds - inside) / steps;
  }

  /** Returns the mean times of operators per step, longest first. */
  public List<OperatorTime> operators() {
    Map<String, List<ProfileEntry>> grouped = new LinkedHashMap<>();
    entries.forEach(
        entry -> grouped.computeIfAbsent(entry.operator(), o -> new ArrayList<>()).add(entry));
    return grouped.entrySet().stream()
        .map(
            group ->
                new OperatorTime(
                    group.getKey(),
                    group.getValue().stream().mapToLong(ProfileEntry::calls).sum() / (double) steps,
                    group.getValue().stream().mapToDouble(ProfileEntry::milliseconds).sum()
                        / steps))
        .sorted(Comparator.comparingDouble(OperatorTime::milliseconds).reversed())
        .toList();
  }

  /** Returns the mean times of layers per step, longest first. */
  public List<LayerTime> layers() {
    Map<List<String>, Map<StepPhase, Double>> grouped = new LinkedHashMap<>();
    entries.forEach(
        entry ->
            grouped
                .computeIfAbsent(entry.layers(), l -> new EnumMap<>(StepPhase.class))
                .merge(entry.phase(), entry.milliseconds() / steps, Double::sum));
    return grouped.entrySet().stream()
        .map(group -> new LayerTime(group.getKey(), group.getValue()))
        .sorted(Comparator.comparingDouble(LayerTime::total).reversed())
        .toList();
  }
}
