package dev.trifocal.architecture;

import static java.util.Map.entry;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Which package may know which. The table is the one in {@code docs/architecture.md}. */
final class PackageDependencies {
  static final Set<String> API =
      Set.of(
          "backend",
          "config",
          "data",
          "download",
          "error",
          "file",
          "graph",
          "layer",
          "metric",
          "image",
          "profile",
          "random",
          "selection",
          "shape",
          "tensor",
          "train",
          "trainer",
          "transfer",
          "version",
          "weights");

  static final Set<String> ONNX_FORMAT =
      Set.of(
          "onnx.internal.file",
          "onnx.internal.folding",
          "onnx.importer",
          "onnx.internal.operand",
          "onnx.internal.operator");

  /** Package, or group of packages below it, to those that it may know besides itself. */
  static final Map<String, Set<String>> ALLOWED =
      Map.ofEntries(
          entry("error", Set.of()),
          entry("random", Set.of()),
          entry("version", Set.of()),
          entry("file", Set.of("error", "shape")),
          entry("download", Set.of("error", "file")),
          entry("shape", Set.of("error")),
          entry("tensor", Set.of("error", "shape")),
          entry("weights", Set.of("error", "file", "random", "shape", "tensor")),
          entry("layer", Set.of("error", "shape", "weights")),
          entry("graph", Set.of("error", "file", "layer", "random", "shape", "tensor", "weights")),
          entry("train", Set.of("error", "graph", "layer", "random", "shape", "tensor", "weights")),
          entry("image", Set.of("error", "layer", "shape", "tensor")),
          entry("metric", Set.of("error", "shape", "tensor")),
          entry("profile", Set.of("error", "file")),
          entry("data", Set.of("error", "file", "image", "random", "shape", "tensor")),
          entry(
              "backend",
              Set.of("error", "graph", "layer", "profile", "shape", "tensor", "train", "weights")),
          entry(
              "config",
              Set.of("backend", "data", "error", "metric", "image", "shape", "train", "transfer")),
          entry(
              "trainer",
              Set.of(
                  "backend", "data", "error", "file", "graph", "layer", "metric", "image",
                  "profile", "shape", "tensor", "train", "version", "weights")),
          entry(
              "transfer",
              Set.of(
                  "backend", "data", "error", "graph", "layer", "metric", "image", "shape",
                  "tensor", "train", "trainer", "weights")),
          entry(
              "selection",
              Set.of(
                  "backend", "error", "file", "graph", "profile", "random", "shape", "tensor",
                  "train", "version", "weights")),
          entry("onnx", API),
          entry(
              "onnx.internal.file",
              Set.of("error", "file", "onnx.internal.operand", "shape", "tensor")),
          entry("onnx.internal.operand", Set.of("error", "layer", "shape", "tensor")),
          entry(
              "onnx.internal.folding", Set.of("error", "onnx.internal.operand", "shape", "tensor")),
          entry(
              "onnx.internal.operator",
              Set.of(
                  "error",
                  "file",
                  "layer",
                  "onnx.internal.folding",
                  "onnx.internal.operand",
                  "shape",
                  "tensor",
                  "weights")),
          entry(
              "onnx.importer",
              Set.of(
                  "error",
                  "file",
                  "graph",
                  "layer",
                  "onnx.internal.file",
                  "onnx.internal.folding",
                  "onnx.internal.operand",
                  "onnx.internal.operator",
                  "shape",
                  "tensor",
                  "weights")),
          entry(
              "backend.onnx",
              with(
                  without(
                      API,
                      "config",
                      "data",
                      "download",
                      "metric",
                      "selection",
                      "trainer",
                      "transfer"),
                  "onnx")),
          entry(
              "backend.djl",
              without(
                  API, "config", "data", "download", "metric", "selection", "trainer", "transfer")),
          entry(
              "backend.dl4j",
              without(
                  API, "config", "data", "download", "metric", "selection", "trainer", "transfer")),
          entry("testkit", API),
          entry("datasets", without(API, "backend", "selection", "train", "trainer", "transfer")),
          entry("vision", with(API, "onnx", "onnx.importer", "datasets", "explain")),
          entry("explain", API),
          entry("inspect", with(API, "datasets")),
          entry("zoo", with(API, "onnx", "onnx.importer", "zoo.hub")),
          entry("zoo.hub", Set.of("download", "error", "file")),
          entry(
              "apps",
              with(
                  API,
                  "onnx",
                  "onnx.importer",
                  "datasets",
                  "vision",
                  "explain",
                  "inspect",
                  "zoo",
                  "zoo.hub")));

  private PackageDependencies() {}

  static ArchRule onlyAllowed(String root) {
    return ArchRuleDefinition.classes()
        .that()
        .resideInAPackage(root + "..")
        .should(followTheTable(root))
        .because(
            "backends must not see one another or the command line, and a core that knows no"
                + " engine is what makes engines exchangeable");
  }

  static ArchRule noCycles(String root) {
    return SlicesRuleDefinition.slices()
        .matching(root + ".(**)")
        .should()
        .beFreeOfCycles()
        .because("packages in a cycle are one package with two names");
  }

  private static ArchCondition<JavaClass> followTheTable(String root) {
    return new ArchCondition<>("only know the packages that the table of arrows allows") {
      @Override
      public void check(JavaClass from, ConditionEvents events) {
        Optional<String> place = place(root, from);
        if (place.isEmpty()) {
          events.add(
              SimpleConditionEvent.violated(
                  from, from.getName() + " lies in a package that the table does not have"));
          return;
        }
        for (Dependency dependency : from.getDirectDependenciesFromSelf()) {
          place(root, dependency.getTargetClass())
              .filter(to -> !to.equals(place.get()) && !ALLOWED.get(place.get()).contains(to))
              .ifPresent(
                  to ->
                      events.add(
                          SimpleConditionEvent.violated(
                              from,
                              "%s must not know %s: %s"
                                  .formatted(place.get(), to, dependency.getDescription()))));
        }
      }
    };
  }

  /** A row covers what lies below it, unless it has rows below it: each backend needs its own. */
  static Optional<String> place(String root, JavaClass javaClass) {
    String name = javaClass.getPackageName();
    return ALLOWED.keySet().stream()
        .filter(key -> (name + ".").startsWith(root + "." + key + "."))
        .max(Comparator.comparingInt(String::length))
        .filter(key -> name.equals(root + "." + key) || isLeaf(key));
  }

  private static boolean isLeaf(String key) {
    return ALLOWED.keySet().stream().noneMatch(other -> other.startsWith(key + "."));
  }

  private static Set<String> with(Set<String> packages, String... more) {
    Set<String> result = new TreeSet<>(packages);
    result.addAll(Set.of(more));
    return result;
  }

  private static Set<String> without(Set<String> packages, String... fewer) {
    Set<String> result = new TreeSet<>(packages);
    result.removeAll(Set.of(fewer));
    return result;
  }
}
