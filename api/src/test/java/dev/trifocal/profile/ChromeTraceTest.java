package dev.trifocal.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.error.FileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChromeTraceTest {
  private static final String CONV =
      """
      {"cat": "Node", "pid": 7, "tid": 8, "dur": 146, "ts": 732967, "ph": "X",
       "name": "conv1/Conv_kernel_time",
       "args": {"output_type_shape": [{"float": [4, 1]}], "op_name": "Conv", "node_index": "3"}}
      """;

  @TempDir Path folder;

  @Test
  void an_array_of_events_is_read_without_what_has_no_duration() throws IOException {
    String instant = "{\"ph\": \"i\", \"name\": \"mark\", \"ts\": 3}";
    assertThat(read("[%s, %s, {\"ph\": \"M\"}]".formatted(CONV, instant)))
        .containsExactly(
            new TraceEvent("conv1/Conv_kernel_time", "Node", "8", 732967, 146, "Conv"));
  }

  @Test
  void an_object_holds_its_events_in_a_field() throws IOException {
    String text = "{\"schemaVersion\": 1, \"more\": [{\"a\": [1]}], \"traceEvents\": [%s]}";
    assertThat(read(text.formatted(CONV))).extracting(TraceEvent::operator).containsExactly("Conv");
  }

  @Test
  void fractions_of_microseconds_and_missing_fields_are_read() throws IOException {
    assertThat(read("[{\"ph\": \"X\", \"ts\": 0.25, \"dur\": 1.5, \"args\": {}}]"))
        .containsExactly(new TraceEvent("", "", "", 0.25, 1.5, ""));
  }

  @Test
  void what_is_no_trace_is_refused() {
    assertThatThrownBy(() -> read("[" + CONV))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("trace.json: is not a valid trace (Unexpected end-of-input");
    assertThatThrownBy(() -> read("\"text\""))
        .isInstanceOf(FileException.class)
        .hasMessageEndingWith("trace.json: is not a trace; expected a JSON array of events");
    assertThatThrownBy(() -> read("[{\"ph\": \"X\", \"ts\": 1}]"))
        .isInstanceOf(FileException.class)
        .hasMessageEndingWith("is not a valid trace (the event has no number 'dur')");
    assertThatThrownBy(() -> ChromeTrace.read(folder.resolve("missing.json")))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("missing.json: cannot be read");
  }

  @Test
  void time_in_nested_events_counts_for_these_alone() {
    ChromeTrace trace =
        new ChromeTrace(
            List.of(
                event("inner", "1", 12, 3),
                event("outer", "1", 10, 20),
                event("deep", "1", 13, 1),
                event("second", "1", 15, 4),
                event("after", "1", 30, 5),
                event("elsewhere", "2", 11, 100)));
    assertThat(trace.selfTimes())
        .containsExactlyInAnyOrder(
            event("outer", "1", 10, 20 - 3 - 4),
            event("inner", "1", 12, 3 - 1),
            event("deep", "1", 13, 1),
            event("second", "1", 15, 4),
            event("after", "1", 30, 5),
            event("elsewhere", "2", 11, 100));
  }

  private static TraceEvent event(String name, String thread, double start, double duration) {
    return new TraceEvent(name, "", thread, start, duration, "");
  }

  private List<TraceEvent> read(String text) throws IOException {
    Path file = folder.resolve("trace.json");
    Files.writeString(file, text);
    return ChromeTrace.read(file).events();
  }
}
