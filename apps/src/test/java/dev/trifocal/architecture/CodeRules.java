package dev.trifocal.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.InstanceofCheck;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.ReferencedClassObject;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.nio.Buffer;
import java.util.BitSet;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** How classes are made. */
final class CodeRules {
  private static final List<Class<?>> MUTABLE =
      List.of(
          Collection.class,
          Map.class,
          Buffer.class,
          StringBuilder.class,
          ThreadLocal.class,
          BitSet.class,
          Date.class);
  private static final Set<String> TAKEN_AS_IMMUTABLE =
      Set.of("java.util.List", "java.util.Map", "java.util.Set", "java.util.Collection");

  private static final String IS_INSTANCE = "java.lang.Class.isInstance";

  private CodeRules() {}

  static ArchRule layersAreRecords(String root) {
    return classes()
        .that()
        .resideInAPackage(root + ".layer..")
        .and()
        .areNotInterfaces()
        .and()
        .areNotEnums()
        .and()
        .doNotHaveModifier(JavaModifier.SYNTHETIC)
        .and(DescribedPredicate.describe("have instances", CodeRules::hasInstances))
        .should()
        .beRecords()
        .because("a layer is a value: it can be compared, printed and stored, and never changes");
  }

  static ArchRule noInstanceofOnLayers(String root) {
    return noClasses()
        .that()
        .resideInAPackage(root + "..")
        .and()
        .resideOutsideOfPackage(root + ".layer..")
        .should(askForOneOf(root + ".layer"))
        .because("a new layer must make the compiler point at all that has to learn it");
  }

  static ArchRule storageForMemoryOnly(String root) {
    return noClasses()
        .that()
        .resideInAPackage(root + "..")
        .and()
        .resideOutsideOfPackage(root + ".layer..")
        .and()
        .haveNameNotMatching(
            Pattern.quote(root) + "\\.graph\\.(LiveValues|MemoryEstimate|StepValues).*")
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName(root + ".layer.Storage")
        .because(
            "where a value lies in memory does not tell what a layer does; layers say so"
                + " themselves, as with isInput and isStochastic");
  }

  static ArchRule noStaticOnlyInterfaces(String root) {
    return classes()
        .that()
        .resideInAPackage(root + "..")
        .and()
        .areInterfaces()
        .and()
        .areNotAnnotations()
        .and(DescribedPredicate.describe("are no package-info", c -> !isPackageInfo(c)))
        .should(haveAMethodToImplement())
        .orShould(haveSubtypes())
        .because("an interface is there to be implemented; constants and functions need a class");
  }

  static ArchRule noMutableStatics(String root) {
    return fields()
        .that()
        .areDeclaredInClassesThat()
        .resideInAPackage(root + "..")
        .and()
        .areStatic()
        .and()
        .doNotHaveModifier(JavaModifier.SYNTHETIC)
        .should(beImmutable(root))
        .because("two trainings in one process must not reach one another");
  }

  static ArchRule noInheritance(String root) {
    return classes()
        .that()
        .resideInAPackage(root + "..")
        .and(DescribedPredicate.describe("are no exceptions", c -> !isThrowable(c)))
        .and(DescribedPredicate.describe("are no enum constants", c -> !isEnumConstant(c)))
        .should(extendNoClassOf(root))
        .because("what a class does should stand in one file; share by composition");
  }

  static ArchRule noUnsupportedOperations(String root) {
    return noClasses()
        .that()
        .resideInAPackage(root + "..")
        .should()
        .dependOnClassesThat()
        .areAssignableTo(UnsupportedOperationException.class)
        .because("a method that cannot be called should not be there");
  }

  static ArchRule names(String root) {
    return classes()
        .that()
        .resideInAPackage(root + "..")
        .should()
        .haveNameNotMatching(".*[.$](Base|Abstract)[A-Z][^.$]*")
        .andShould()
        .haveNameNotMatching(".*(Utils?|Helpers?|Manager|Impl|Base)")
        .because("such names say what role a class plays and not what it is");
  }

  private static ArchCondition<JavaClass> askForOneOf(String layers) {
    return new ArchCondition<>("ask whether an object is of a class of " + layers) {
      @Override
      public void check(JavaClass javaClass, ConditionEvents events) {
        for (InstanceofCheck check : javaClass.getInstanceofChecks()) {
          boolean asksForLayer = check.getRawType().getPackageName().equals(layers);
          events.add(new SimpleConditionEvent(javaClass, asksForLayer, check.toString()));
        }
        boolean asksClassObjects =
            javaClass.getCodeUnitAccessesFromSelf().stream()
                .anyMatch(access -> access.getTarget().getFullName().startsWith(IS_INSTANCE));
        for (ReferencedClassObject object : javaClass.getReferencedClassObjects()) {
          boolean isLayer = object.getRawType().getPackageName().equals(layers);
          events.add(
              new SimpleConditionEvent(
                  javaClass, asksClassObjects && isLayer, object + " beside " + IS_INSTANCE));
        }
      }
    };
  }

  private static ArchCondition<JavaClass> haveAMethodToImplement() {
    return ArchCondition.from(
        DescribedPredicate.describe(
            "have a method that is not static",
            type ->
                type.getAllMethods().stream()
                    .anyMatch(method -> !method.getModifiers().contains(JavaModifier.STATIC))));
  }

  private static ArchCondition<JavaClass> haveSubtypes() {
    return ArchCondition.from(
        DescribedPredicate.describe("have subtypes", type -> !type.getSubclasses().isEmpty()));
  }

  private static boolean isPackageInfo(JavaClass type) {
    return type.getSimpleName().equals("package-info");
  }

  private static ArchCondition<JavaField> beImmutable(String root) {
    return new ArchCondition<>("be final and of a type that does not change") {
      @Override
      public void check(JavaField field, ConditionEvents events) {
        boolean isFinal = field.getModifiers().contains(JavaModifier.FINAL);
        events.add(
            new SimpleConditionEvent(
                field,
                isFinal && !isMutable(root, field.getRawType()),
                "%s is %s %s"
                    .formatted(
                        field.getFullName(),
                        isFinal ? "a" : "a non-final",
                        field.getRawType().getName())));
      }
    };
  }

  private static boolean isMutable(String root, JavaClass type) {
    if (type.getPackageName().startsWith(root)) {
      return type.getAllFields().stream().anyMatch(CodeRules::isAssignable);
    }
    return type.isArray()
        || type.getPackageName().startsWith("java.util.concurrent")
        || (!TAKEN_AS_IMMUTABLE.contains(type.getName())
            && MUTABLE.stream().anyMatch(type::isAssignableTo));
  }

  private static boolean isAssignable(JavaField field) {
    return !field.getModifiers().contains(JavaModifier.FINAL)
        && !field.getOwner().getPackageName().startsWith("java.");
  }

  private static ArchCondition<JavaClass> extendNoClassOf(String root) {
    return new ArchCondition<>("extend no class of ours, contract tests aside") {
      @Override
      public void check(JavaClass javaClass, ConditionEvents events) {
        javaClass
            .getRawSuperclass()
            .filter(parent -> (parent.getPackageName() + ".").startsWith(root + "."))
            .filter(parent -> !parent.getPackageName().startsWith(root + ".testkit"))
            .ifPresent(
                parent ->
                    events.add(
                        SimpleConditionEvent.violated(
                            javaClass, javaClass.getName() + " extends " + parent.getName())));
      }
    };
  }

  private static boolean hasInstances(JavaClass type) {
    return type.getConstructors().stream()
        .anyMatch(constructor -> !constructor.getModifiers().contains(JavaModifier.PRIVATE));
  }

  private static boolean isThrowable(JavaClass javaClass) {
    return javaClass.isAssignableTo(Throwable.class);
  }

  private static boolean isEnumConstant(JavaClass javaClass) {
    return javaClass.getRawSuperclass().map(JavaClass::isEnum).orElse(false);
  }
}
