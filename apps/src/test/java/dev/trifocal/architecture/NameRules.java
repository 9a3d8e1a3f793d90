package dev.trifocal.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How types are named within a module. */
final class NameRules {
  private NameRules() {}

  static ArchRule distinctSimpleNames(String root) {
    return classes()
        .that()
        .resideInAPackage(root + "..")
        .and()
        .areTopLevelClasses()
        .should(haveASimpleNameOfTheirOwn())
        .because("an import or a file name alone must tell which type is meant");
  }

  /**
   * Nested types may share a name among themselves, since they are read with their outer type's.
   */
  private static ArchCondition<JavaClass> haveASimpleNameOfTheirOwn() {
    return new ArchCondition<>("have a simple name that no other type of their module has") {
      private Map<List<String>, List<JavaClass>> byName = Map.of();

      @Override
      public void init(Collection<JavaClass> topLevel) {
        byName =
            topLevel.stream()
                .map(JavaClass::getPackage)
                .distinct()
                .flatMap(javaPackage -> javaPackage.getClasses().stream())
                .filter(type -> !type.isAnonymousClass() && !type.isLocalClass())
                .filter(type -> !type.getSimpleName().equals("package-info"))
                .collect(
                    Collectors.groupingBy(type -> List.of(module(type), type.getSimpleName())));
      }

      @Override
      public void check(JavaClass type, ConditionEvents events) {
        byName.getOrDefault(List.of(module(type), type.getSimpleName()), List.of()).stream()
            .filter(other -> !other.equals(type))
            .forEach(
                other ->
                    events.add(
                        SimpleConditionEvent.violated(
                            type,
                            "%s has the simple name of %s"
                                .formatted(type.getName(), other.getName()))));
      }
    };
  }

  /** The folder or archive that a module's classes lie in. */
  private static String module(JavaClass type) {
    String path = type.getName().replace('.', '/') + ".class";
    return type.getSource()
        .map(source -> source.getUri().toString())
        .map(place -> place.substring(0, place.length() - path.length()))
        .orElse("");
  }
}
