package dev.trifocal.profile;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.trifocal.error.FileException;
import dev.trifocal.file.FileFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The complete events of a file in the <a
 * href="https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU">Trace
 * Event Format</a>, which profilers of engines write and Perfetto displays.
 *
 * @param events the events with a duration (phase {@code X}), in the order of the file
 */
public record ChromeTrace(List<TraceEvent> events) {
  private static final String COMPLETE = "X";

  public ChromeTrace {
    events = List.copyOf(events);
  }

  /**
   * Reads a file: an array of events, or an object whose field {@code traceEvents} is one.
   *
   * @throws FileException if the file cannot be read or is invalid
   */
  public static ChromeTrace read(Path file) {
    List<TraceEvent> events = new ArrayList<>();
    try (JsonParser json = new JsonFactory().createParser(file.toFile())) {
      JsonToken first = json.nextToken();
      if (first == JsonToken.START_OBJECT) {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
          boolean list = json.currentName().equals("traceEvents");
          if (json.nextToken() == JsonToken.START_ARRAY && list) {
            readEvents(json, events);
          } else {
            json.skipChildren();
          }
        }
      } else if (first == JsonToken.START_ARRAY) {
        readEvents(json, events);
      } else {
        throw new FileException(file + ": is not a trace; expected a JSON array of events");
      }
    } catch (JsonProcessingException e) {
      throw new FileException(
          "%s: is not a valid trace (%s)".formatted(file, e.getOriginalMessage()), e);
    } catch (IOException e) {
      throw FileFailure.reading(file, e);
    }
    return new ChromeTrace(events);
  }

  /**
   * Returns the events with their own durations: those of events nested in them on the same thread
   * are subtracted. The sum over a thread counts no moment twice.
   */
  public List<TraceEvent> selfTimes() {
    Map<String, List<TraceEvent>> threads = new LinkedHashMap<>();
    events.forEach(e -> threads.computeIfAbsent(e.thread(), t -> new ArrayList<>()).add(e));
    List<TraceEvent> result = new ArrayList<>();
    threads.values().forEach(thread -> addSelfTimes(thread, result));
    return result;
  }

  private static void addSelfTimes(List<TraceEvent> thread, List<TraceEvent> result) {
    List<TraceEvent> sorted =
        thread.stream()
            .sorted(
                Comparator.comparingDouble(TraceEvent::start)
                    .thenComparing(Comparator.comparingDouble(TraceEvent::duration).reversed()))
            .toList();
    double[] nested = new double[sorted.size()];
    Deque<Integer> open = new ArrayDeque<>();
    for (int i = 0; i < sorted.size(); i++) {
      while (!open.isEmpty() && sorted.get(open.peek()).end() <= sorted.get(i).start()) {
        open.pop();
      }
      if (!open.isEmpty()) {
        nested[open.peek()] += sorted.get(i).duration();
      }
      open.push(i);
    }
    for (int i = 0; i < sorted.size(); i++) {
      TraceEvent event = sorted.get(i);
      result.add(event.lasting(Math.max(0, event.duration() - nested[i])));
    }
  }

  private static void readEvents(JsonParser json, List<TraceEvent> events) throws IOException {
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (json.currentToken() == JsonToken.START_OBJECT) {
        readEvent(json, events);
      } else {
        json.skipChildren();
      }
    }
  }

  private static void readEvent(JsonParser json, List<TraceEvent> events) throws IOException {
    Map<String, String> fields = new LinkedHashMap<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      if (json.nextToken() == JsonToken.START_OBJECT && field.equals("args")) {
        readArguments(json, fields);
      } else if (json.currentToken().isScalarValue()) {
        fields.put(field, json.getText());
      } else {
        json.skipChildren();
      }
    }
    if (COMPLETE.equals(fields.get("ph"))) {
      events.add(
          new TraceEvent(
              fields.getOrDefault("name", ""),
              fields.getOrDefault("cat", ""),
              fields.getOrDefault("tid", ""),
              number(json, fields, "ts"),
              number(json, fields, "dur"),
              fields.getOrDefault("args/op_name", "")));
    }
  }

  private static void readArguments(JsonParser json, Map<String, String> fields)
      throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      if (json.nextToken().isScalarValue()) {
        fields.put("args/" + field, json.getText());
      } else {
        json.skipChildren();
      }
    }
  }

  private static double number(JsonParser json, Map<String, String> fields, String field)
      throws JsonProcessingException {
    try {
      return Double.parseDouble(fields.getOrDefault(field, ""));
    } catch (NumberFormatException e) {
      throw new JsonParseException(json, "the event has no number '%s'".formatted(field), e);
    }
  }
}
