package dev.trifocal.architecture;

import static com.tngtech.archunit.lang.conditions.ArchConditions.accessTargetWhere;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What of the machine, beyond its files, may be touched where. */
final class PlatformRules {
  private static final Pattern RANDOM =
      Pattern.compile(
          "java\\.util\\.(Random|SplittableRandom)\\..*"
              + "|java\\.util\\.random\\..*"
              + "|java\\.security\\.SecureRandom\\..*"
              + "|java\\.util\\.concurrent\\.ThreadLocalRandom\\..*"
              + "|java\\.lang\\.(Math|StrictMath)\\.random\\(\\)"
              + "|java\\.util\\.Collections\\.shuffle\\(.*"
              + "|java\\.util\\.UUID\\.randomUUID\\(\\)");
  private static final Pattern CLOCK =
      Pattern.compile(
          "java\\.lang\\.System\\.(nanoTime|currentTimeMillis)\\(\\)"
              + "|java\\.time\\.[A-Za-z]+\\.now\\(.*"
              + "|java\\.time\\.(Clock|InstantSource)\\..*"
              + "|java\\.util\\.Date\\.<init>\\(\\)"
              + "|java\\.util\\.Calendar\\.getInstance\\(.*");
  private static final Pattern PROCESS =
      Pattern.compile(
          "java\\.lang\\.System\\.(in|out|err|(setIn|setOut|setErr|console|getenv|exit)\\(.*)"
              + "|java\\.lang\\.Runtime\\.(exit|halt)\\(.*"
              + "|java\\.lang\\.ProcessBuilder\\.environment\\(\\)"
              + "|.*\\.printStackTrace\\(\\)");

  /** Methods that depend on the default locale or charset of the machine. */
  private static final Pattern LOCALE =
      Pattern.compile(
          "java\\.lang\\.String\\.(format\\(java\\.lang\\.String,.*"
              + "|toLowerCase\\(\\)|toUpperCase\\(\\)|getBytes\\(\\)|<init>\\(\\[B(, int, int)?\\))"
              + "|java\\.io\\.Print(Stream|Writer)\\.(printf|format)\\(java\\.lang\\.String,.*"
              + "|java\\.io\\.(FileReader|FileWriter)\\.<init>\\(java\\.(lang\\.String|io\\.File)(, boolean)?\\)"
              + "|java\\.io\\.(InputStreamReader\\.<init>\\(java\\.io\\.InputStream"
              + "|OutputStreamWriter\\.<init>\\(java\\.io\\.OutputStream)\\)"
              + "|java\\.io\\.PrintStream\\.<init>\\((java\\.io\\.OutputStream(, boolean)?|java\\.lang\\.String)\\)"
              + "|java\\.util\\.(Scanner\\.<init>\\(java\\.(io\\.(InputStream|File)|nio\\.file\\.Path)\\)"
              + "|Formatter\\.<init>\\(\\)|Locale\\.getDefault\\(.*)"
              + "|java\\.text\\.(DecimalFormat|SimpleDateFormat)\\.<init>\\((java\\.lang\\.String)?\\)"
              + "|java\\.nio\\.charset\\.Charset\\.defaultCharset\\(\\)");

  private PlatformRules() {}

  static ArchRule localeAndCharset(String root) {
    return noClasses()
        .that()
        .resideInAPackage(root + "..")
        .should(accessTargetWhere(named("the default locale or charset", LOCALE)))
        .because("files, names and digits are the same everywhere; Locale.ROOT and UTF_8 say so");
  }

  static ArchRule randomNumbers(String root) {
    return noClasses()
        .that()
        .resideInAPackage(root + "..")
        .should(accessTargetWhere(named("a source of random numbers", RANDOM)))
        .because("every random number is a function of seed, purpose and index: RandomStream's");
  }

  static ArchRule clocks(String root) {
    return noClasses()
        .that()
        .resideInAPackage(root + "..")
        .and()
        .doNotHaveFullyQualifiedName(root + ".profile.Stopwatch")
        .should(accessTargetWhere(named("a clock", CLOCK)))
        .because("what reads a clock cannot be repeated; Stopwatch reads it for all");
  }

  static ArchRule standardStreamsAndEnvironment(String root) {
    return classes()
        .that()
        .resideInAPackage(root + "..")
        .should(touchTheProcessInOneClassOf(root + ".apps"))
        .because("a library that prints or exits cannot be embedded or tested");
  }

  private static ArchCondition<JavaClass> touchTheProcessInOneClassOf(String apps) {
    return new ArchCondition<>("touch streams, environment and exit in one class of " + apps) {
      private final Set<String> touching = new TreeSet<>();

      @Override
      public void check(JavaClass javaClass, ConditionEvents events) {
        for (JavaAccess<?> access : javaClass.getAccessesFromSelf()) {
          if (isNamed(PROCESS, access)) {
            touching.add(outermost(javaClass).getName());
            boolean inApps = (javaClass.getPackageName() + ".").startsWith(apps + ".");
            events.add(new SimpleConditionEvent(javaClass, inApps, access.getDescription()));
          }
        }
      }

      @Override
      public void finish(ConditionEvents events) {
        if (touching.size() > 1) {
          events.add(
              SimpleConditionEvent.violated(
                  touching, "more than one class touches the process: " + touching));
        }
      }
    };
  }

  private static JavaClass outermost(JavaClass javaClass) {
    return javaClass.getEnclosingClass().map(PlatformRules::outermost).orElse(javaClass);
  }

  private static DescribedPredicate<JavaAccess<?>> named(String what, Pattern pattern) {
    return DescribedPredicate.describe("the target is " + what, access -> isNamed(pattern, access));
  }

  private static boolean isNamed(Pattern pattern, JavaAccess<?> access) {
    return pattern.matcher(access.getTarget().getFullName()).matches();
  }
}
