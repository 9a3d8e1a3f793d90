package dev.trifocal.architecture;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The main Java sources of all modules below a root, for rules that bytecode cannot show. */
record SourceTree(Path root) {
  private static final Pattern MODULE = Pattern.compile("<module>([a-z0-9-]+)</module>");
  private static final Pattern DOCUMENTED_PACKAGE =
      Pattern.compile("(?s)/[*][*]\\s*[*\\s]*\\p{Upper}.*[*]/\\s*package [a-z0-9.]+;\\s*");

  /** The repository that this test runs in. */
  static SourceTree ofThisRepository() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(folder.resolve("api/src/main/java"))) {
      folder = folder.getParent();
    }
    return new SourceTree(folder);
  }

  List<Path> files() {
    try (Stream<Path> modules = Files.list(root)) {
      return modules
          .map(module -> module.resolve("src/main/java"))
          .filter(Files::isDirectory)
          .flatMap(SourceTree::javaFiles)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Qualified names of the top-level types of each module that the root POM lists. */
  Map<String, List<String>> typesByModule() {
    Map<String, List<String>> result = new TreeMap<>();
    MODULE
        .matcher(text(root.resolve("pom.xml")))
        .results()
        .map(match -> match.group(1))
        .filter(module -> Files.isDirectory(root.resolve(module).resolve("src")))
        .forEach(
            module -> result.put(module, types(root.resolve(module).resolve("src/main/java"))));
    return result;
  }

  private static List<String> types(Path sources) {
    return javaFiles(sources)
        .map(file -> sources.relativize(file).toString())
        .filter(path -> !path.endsWith("package-info.java"))
        .map(path -> path.substring(0, path.length() - ".java".length()))
        .map(path -> path.replace(File.separatorChar, '.'))
        .sorted()
        .toList();
  }

  List<Path> longerThan(int lines) {
    return files().stream().filter(file -> text(file).lines().count() > lines).toList();
  }

  /** Folders with classes whose package nobody explains. */
  List<Path> unexplainedPackages() {
    return files().stream()
        .map(Path::getParent)
        .distinct()
        .filter(folder -> !isExplained(folder.resolve("package-info.java")))
        .toList();
  }

  /** Packages that are explained and hold nothing. */
  List<Path> emptyPackages() {
    return files().stream()
        .map(Path::getParent)
        .distinct()
        .filter(folder -> javaFiles(folder).count() == 1)
        .toList();
  }

  /**
   * Files of a module, tests included, that have the name of another one; violations that tests of
   * rules plant may.
   */
  List<Path> namesakes() {
    try (Stream<Path> modules = Files.list(root)) {
      return modules
          .map(module -> module.resolve("src"))
          .filter(Files::isDirectory)
          .flatMap(SourceTree::sameNames)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Path> sameNames(Path module) {
    Map<Path, List<Path>> byName =
        javaFiles(module)
            .filter(file -> !file.endsWith("package-info.java"))
            .filter(file -> !module.relativize(file).toString().contains("planted"))
            .collect(Collectors.groupingBy(Path::getFileName));
    return byName.values().stream().filter(files -> files.size() > 1).flatMap(List::stream);
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isExplained(Path packageInfo) {
    return Files.exists(packageInfo) && DOCUMENTED_PACKAGE.matcher(text(packageInfo)).matches();
  }

  private static Stream<Path> javaFiles(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
