package dev.trifocal.testkit;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/**
 * What one backend showed in one topic, for a table: how many cases it passed, and the largest
 * deviations. {@code target/conformance/<backend>.json} maps topic to {@code cases} and to {@code
 * deviations}: subject (layer, optimizer, net) to kind (forward, gradient, ...) to the largest
 * deviation seen. Topics that others wrote stay.
 *
 * <p>Registered as an extension it counts tests by itself, each dynamic test as one, and writes
 * after the last.
 */
final class ConformanceReport implements InvocationInterceptor, AfterAllCallback {
  private final String topic;
  private final Supplier<String> backend;
  private final Map<String, Map<String, Double>> largest = new TreeMap<>();
  private int cases;

  /**
   * @param backend its name; asked for when the report is written
   */
  ConformanceReport(String topic, Supplier<String> backend) {
    this.topic = topic;
    this.backend = backend;
  }

  void add(String subject, String kind, double deviation) {
    largest.computeIfAbsent(subject, s -> new TreeMap<>()).merge(kind, deviation, Math::max);
  }

  void countCase() {
    cases++;
  }

  void write() {
    Path file = Path.of("target", "conformance", backend.get() + ".json");
    ObjectMapper mapper = new ObjectMapper();
    try {
      Files.createDirectories(file.getParent());
      ObjectNode all =
          Files.exists(file)
              ? mapper.readValue(file.toFile(), ObjectNode.class)
              : mapper.createObjectNode();
      ObjectNode mine = all.putObject(topic);
      mine.put("cases", cases);
      mine.set("deviations", mapper.valueToTree(largest));
      mapper.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), all);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void interceptTestMethod(
      Invocation<Void> test,
      ReflectiveInvocationContext<Method> invocation,
      ExtensionContext context)
      throws Throwable {
    test.proceed();
    countCase();
  }

  @Override
  public void interceptDynamicTest(
      Invocation<Void> test, DynamicTestInvocationContext invocation, ExtensionContext context)
      throws Throwable {
    test.proceed();
    countCase();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    write();
  }
}
