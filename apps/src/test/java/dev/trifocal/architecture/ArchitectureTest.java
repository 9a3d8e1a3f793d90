package dev.trifocal.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.EvaluationResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {
  private static final JavaClasses PRODUCT =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ArchitectureRule.PRODUCT);

  static List<ArchitectureRule> guards() {
    return ArchitectureRules.all();
  }

  @ParameterizedTest
  @MethodSource("guards")
  void the_product_keeps_the_rule(ArchitectureRule architectureRule) {
    architectureRule.rule().apply(ArchitectureRule.PRODUCT).check(PRODUCT);
  }

  @ParameterizedTest
  @MethodSource("guards")
  void the_rule_finds_each_planted_violation(ArchitectureRule architectureRule) {
    assertThat(architectureRule.violations())
        .as("violations planted for '%s'", architectureRule)
        .isNotEmpty();
    for (ArchitectureRule.Violation violation : architectureRule.violations()) {
      JavaClasses planted = new ClassFileImporter().importClasses(violation.classes());
      EvaluationResult result =
          architectureRule
              .rule()
              .apply(ArchitectureRule.PLANTED)
              .allowEmptyShould(true)
              .evaluate(planted);
      assertThat(result.hasViolation())
          .as("%s on %s", architectureRule, violation.classes())
          .isTrue();
      assertThat(result.getFailureReport().toString())
          .as("%s on %s", architectureRule, violation.classes())
          .contains(violation.complaint());
    }
  }

  @ParameterizedTest
  @MethodSource("guards")
  void the_rule_gives_its_reason(ArchitectureRule architectureRule) {
    assertThat(architectureRule.rule().apply(ArchitectureRule.PRODUCT).getDescription())
        .contains(", because ");
  }

  @Test
  void the_rules_saw_the_whole_product() {
    List<String> seen = PRODUCT.stream().map(JavaClass::getName).toList();
    Map<String, List<String>> modules = SourceTree.ofThisRepository().typesByModule();
    assertThat(modules).hasSizeGreaterThanOrEqualTo(10);
    assertThat(modules)
        .allSatisfy(
            (module, types) -> assertThat(seen).as("classes of %s", module).containsAll(types));
    assertThat(PRODUCT)
        .extracting(JavaClass::getPackageName)
        .noneMatch(name -> name.startsWith(ArchitectureRule.PLANTED));
  }

  @Test
  void every_package_of_the_table_of_arrows_is_there() {
    Stream<String> places =
        PRODUCT.stream()
            .map(c -> PackageDependencies.place(ArchitectureRule.PRODUCT, c))
            .flatMap(Optional::stream);
    assertThat(places.distinct()).containsAll(PackageDependencies.ALLOWED.keySet());
  }

  @Test
  void the_table_of_arrows_names_only_packages_that_it_has() {
    assertThat(PackageDependencies.ALLOWED.values())
        .allSatisfy(known -> assertThat(PackageDependencies.ALLOWED.keySet()).containsAll(known));
  }
}
