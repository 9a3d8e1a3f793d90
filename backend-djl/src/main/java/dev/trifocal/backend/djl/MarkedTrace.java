package dev.trifocal.backend.djl;

import dev.trifocal.profile.ChromeTrace;
import dev.trifocal.profile.ProfileEntry;
import dev.trifocal.profile.ProfileRecorder;
import dev.trifocal.profile.TraceEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Assigns the operators of a trace to the marks in it.
 *
 * @param trace the trace of one thread
 * @param marks what follows each mark
 */
record MarkedTrace(ChromeTrace trace, List<TraceMark> marks) {
  private static final String MARK = "aten::eye";
  private static final String AUTOGRAD = "autograd::engine::evaluate_function: ";
  private static final String RECORDED = "aten::squeeze";
  private static final String RECORDED_BACKWARD = AUTOGRAD + "SqueezeBackward1";

  private static final double MICROSECONDS = 1000;

  /** Returns the operators without the marks themselves. */
  List<ProfileEntry> entries() {
    List<TraceEvent> starts = outermost(MARK);
    if (starts.size() != marks.size()) {
      throw new IllegalStateException(
          "PyTorch's trace has %d marks instead of %d".formatted(starts.size(), marks.size()));
    }
    List<TraceEvent> boundaries = outermost(RECORDED_BACKWARD);
    List<TraceEvent> skipped = new ArrayList<>(starts);
    skipped.addAll(outermost(RECORDED));
    skipped.addAll(boundaries);
    Timeline atMark = new Timeline(starts);
    Timeline atBoundary = new Timeline(boundaries);
    Timeline atSkipped = new Timeline(sorted(skipped));
    ProfileRecorder recorder = new ProfileRecorder();
    for (TraceEvent event : sorted(trace.selfTimes())) {
      int mark = atMark.before(event.start()) - 1;
      int skip = atSkipped.before(event.start()) - 1;
      boolean marking = skip >= 0 && event.start() < atSkipped.events().get(skip).end();
      if (mark >= 0 && !marking) {
        int first = atBoundary.before(starts.get(mark).start());
        int end =
            mark + 1 < starts.size()
                ? atBoundary.before(starts.get(mark + 1).start())
                : boundaries.size();
        recorder.add(
            event.name().replace(AUTOGRAD, "autograd "),
            layers(marks.get(mark), end - first, atBoundary.before(event.start()) - first),
            marks.get(mark).phase(),
            event.duration() / MICROSECONDS);
      }
    }
    return recorder.entries();
  }

  /**
   * Returns the layers of an event that follows a mark.
   *
   * @param boundaries number of recorded values that the backward pass after the mark reached
   * @param passed number of these before the event
   */
  private static List<String> layers(TraceMark mark, int boundaries, int passed) {
    if (mark.backward().isEmpty()) {
      return mark.layers();
    }
    // Values that the loss does not depend on have no backward pass, and make the order unknown.
    return boundaries == mark.backward().size() && passed > 0
        ? List.of(mark.backward().get(passed - 1))
        : List.of();
  }

  /** Events that do not overlap, in the order of their starts. */
  private record Timeline(List<TraceEvent> events) {
    /** Returns the number of events that start at a time or before it. */
    int before(double time) {
      int low = 0;
      int high = events.size();
      while (low < high) {
        int middle = (low + high) / 2;
        if (events.get(middle).start() <= time) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      return low;
    }
  }

  /** Returns the events of a name that are not inside another one of that name. */
  private List<TraceEvent> outermost(String name) {
    List<TraceEvent> result = new ArrayList<>();
    for (TraceEvent event : sorted(trace.events())) {
      if (event.name().equals(name)
          && (result.isEmpty() || event.start() >= result.get(result.size() - 1).end())) {
        result.add(event);
      }
    }
    return result;
  }

  private static List<TraceEvent> sorted(List<TraceEvent> events) {
    return events.stream()
        .sorted(
            Comparator.comparingDouble(TraceEvent::start)
                .thenComparing(Comparator.comparingDouble(TraceEvent::duration).reversed()))
        .toList();
  }
}
