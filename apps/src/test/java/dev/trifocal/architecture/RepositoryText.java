package dev.trifocal.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** All files below a root that people write, for rules about what they may say. */
record RepositoryText(Path root) {
  private static final Set<String> MADE = Set.of(".git", ".idea", ".vscode", "target", "runs");

  /** Where package managers fetch from: whoever builds chooses that, and not the repository. */
  private static final Pattern REGISTRY =
      Pattern.compile(
          "(repo1?|search|central|uk)\\.maven\\.(apache\\.)?org"
              + "|[a-z0-9]+\\.sonatype\\.(org|com)"
              + "|(repo|plugins)\\.(spring\\.io|gradle\\.org)"
              + "|jcenter\\.bintray\\.com|maven\\.google\\.com|jitpack\\.io"
              + "|registry\\.(npmjs\\.org|yarnpkg\\.com)"
              + "|(files\\.)?(pypi|pythonhosted)\\.org|conda\\.anaconda\\.org"
              + "|(deb|security|ftp)\\.debian\\.org|archive\\.ubuntu\\.com"
              + "|crates\\.io|proxy\\.golang\\.org|rubygems\\.org"
              + "|(registry-1|hub)\\.docker\\.(io|com)|ghcr\\.io|quay\\.io",
          Pattern.CASE_INSENSITIVE);

  /** What a test class holds after its tests have run, until the process ends. */
  private static final Pattern HELD_BY_A_TEST =
      Pattern.compile(
          "^  (?!@TempDir)(?:@\\w+ )*(?:(?:private|public|protected) )?static (?!final )[\\w.<>\\[\\], ?]+ \\w+( =[^;]*)?;",
          Pattern.MULTILINE);

  List<Path> files() {
    List<Path> found = new ArrayList<>();
    try {
      Files.walkFileTree(
          root,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
              return MADE.contains(folder.getFileName().toString())
                  ? FileVisitResult.SKIP_SUBTREE
                  : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              found.add(file);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  List<Path> namingARegistry() {
    return files().stream().filter(file -> REGISTRY.matcher(text(file)).find()).sorted().toList();
  }

  List<Path> holdingWhatTestsMade() {
    return files().stream()
        .filter(file -> file.getFileName().toString().endsWith("Test.java"))
        .filter(file -> HELD_BY_A_TEST.matcher(text(file)).find())
        .sorted()
        .toList();
  }

  /** Byte by byte, since not every file is text. */
  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
