package dev.trifocal.testkit;

import dev.trifocal.testkit.conformance.BackendReport;
import dev.trifocal.testkit.conformance.ContractResults;
import dev.trifocal.testkit.conformance.ContractTopic;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/**
 * Collects the results of one backend in one contract and writes them to the module's {@code
 * target/conformance}.
 *
 * <p>Registered as an extension, it counts passed tests, including each dynamic test, and writes
 * the report after the last one.
 */
final class ConformanceReport implements InvocationInterceptor, AfterAllCallback {
  private static final Path FOLDER = Path.of("target", "conformance");

  private final ContractTopic topic;
  private final Supplier<String> backend;
  private final SortedMap<String, SortedMap<String, Double>> largest = new TreeMap<>();
  private final Set<String> refused = new TreeSet<>();
  private int cases;

  /**
   * Creates a report.
   *
   * @param topic the topic of the contract
   * @param backend supplies the name of the backend when the report is written
   */
  ConformanceReport(ContractTopic topic, Supplier<String> backend) {
    this.topic = topic;
    this.backend = backend;
  }

  void add(String subject, String kind, double deviation) {
    largest.computeIfAbsent(subject, s -> new TreeMap<>()).merge(kind, deviation, Math::max);
  }

  /** Records a case that the backend declares unsupported; its passing test is not counted. */
  void refused(String name) {
    refused.add(name);
    cases--;
  }

  void countCase() {
    cases++;
  }

  void write() {
    BackendReport.add(
        FOLDER, backend.get(), topic, new ContractResults(cases, List.copyOf(refused), largest));
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
