package dev.trifocal.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import ai.djl.ndarray.NDArray;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;

/** Which foreign package may be used where. */
final class LibraryRules {
  private LibraryRules() {}

  static ArchRule engines(String root) {
    return CompositeArchRule.of(confined(root, new String[] {"ai.onnxruntime.."}, "backend.onnx"))
        .and(confined(root, new String[] {"ai.djl.."}, "backend.djl"))
        .and(
            confined(
                root,
                new String[] {"org.nd4j..", "org.deeplearning4j..", "org.bytedeco.."},
                "backend.dl4j"));
  }

  static ArchRule protobuf(String root) {
    return confined(
        root,
        new String[] {"ai.onnx.proto..", "com.google.protobuf.."},
        "onnx",
        "backend.onnx",
        "apps.tensorboard");
  }

  private static ArchRule confined(String root, String[] packages, String... homes) {
    String[] inside = new String[homes.length];
    for (int i = 0; i < homes.length; i++) {
      inside[i] = root + "." + homes[i] + "..";
    }
    return noClasses()
        .that()
        .resideInAPackage(root + "..")
        .and()
        .resideOutsideOfPackages(inside)
        .should()
        .dependOnClassesThat(resideInAnyPackage(packages))
        .because("a foreign type that leaks ties every module to one engine or file format");
  }

  static ArchRule guice(String root) {
    DescribedPredicate<JavaClass> composes =
        resideInAnyPackage(root + ".apps..")
            .or(DescribedPredicate.describe("are modules", LibraryRules::isModule));
    return noClasses()
        .that(DescribedPredicate.not(composes))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.google.inject..", "jakarta.inject..", "javax.inject..")
        .because("objects that do not know their container can be made by hand and tested alone");
  }

  static ArchRule constructorInjection(String root) {
    DescribedPredicate<JavaAnnotation<?>> inject =
        DescribedPredicate.describe(
            "@Inject",
            annotation ->
                annotation
                    .getRawType()
                    .getName()
                    .matches("(com[.]google|jakarta|javax)[.]inject[.]Inject"));
    return CompositeArchRule.of(noFields().that(areBelow(root)).should().beAnnotatedWith(inject))
        .and(noMethods().that(areBelow(root)).should().beAnnotatedWith(inject))
        .because("what a constructor was given is there from the start and never changes");
  }

  private static DescribedPredicate<JavaMember> areBelow(String root) {
    return DescribedPredicate.describe(
        "are declared below " + root,
        member -> (member.getOwner().getPackageName() + ".").startsWith(root + "."));
  }

  static ArchRule backendsShowOnlyHowTheyStart(String root) {
    return classes()
        .that()
        .resideInAPackage(root + ".backend.*..")
        .and()
        .areTopLevelClasses()
        .and()
        .arePublic()
        .should()
        .haveNameMatching(".*(Module|Provider)")
        .because("what nobody can name, nobody depends on");
  }

  /**
   * DJL keeps a Java number that it is passed in the memory of a Java buffer. Autograd may read it
   * in the backward pass, after the garbage collector has freed it.
   */
  static ArchRule pytorchOwnsItsNumbers(String root) {
    return noClasses()
        .that()
        .resideInAPackage(root + ".backend.djl..")
        .should()
        .callMethodWhere(
            DescribedPredicate.describe(
                "the target is a method of an array that takes a Java number",
                call ->
                    call.getTargetOwner().isAssignableTo(NDArray.class)
                        && call.getTarget().getRawParameterTypes().stream()
                            .anyMatch(type -> type.isEquivalentTo(Number.class))))
        .because("the garbage collector frees such a number before autograd has read it");
  }

  private static boolean isModule(JavaClass javaClass) {
    JavaClass outer = javaClass;
    while (outer.getEnclosingClass().isPresent()) {
      outer = outer.getEnclosingClass().get();
    }
    return outer.getSimpleName().endsWith("Module");
  }
}
