package dev.trifocal.testkit;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * The largest deviations of one backend in one topic, for a table: {@code
 * target/conformance/<backend>.json} maps topic to subject (layer or optimizer) to kind (forward,
 * gradient, ...) to the largest deviation seen. Topics that others wrote stay.
 */
final class ConformanceReport {
  private final Map<String, Map<String, Double>> largest = new TreeMap<>();

  void add(String subject, String kind, double deviation) {
    largest.computeIfAbsent(subject, s -> new TreeMap<>()).merge(kind, deviation, Math::max);
  }

  void write(String backend, String topic) {
    Path file = Path.of("target", "conformance", backend + ".json");
    ObjectMapper mapper = new ObjectMapper();
    try {
      Files.createDirectories(file.getParent());
      ObjectNode all =
          Files.exists(file)
              ? mapper.readValue(file.toFile(), ObjectNode.class)
              : mapper.createObjectNode();
      all.set(topic, mapper.valueToTree(largest));
      mapper.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), all);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
