package dev.trifocal.backend.dl4j;

import dev.trifocal.error.ConfigurationException;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Checks that the native libraries of ND4J are present.
 *
 * @param platform platform as JavaCPP names it, such as {@code linux-x86_64}
 * @param present whether a folder is on the class path
 */
record NativeLibraries(String platform, Predicate<String> present) {
  /** The classifier of ND4J's native artifact that this project uses on each platform. */
  private static final Map<String, String> CLASSIFIERS =
      Map.of(
          "linux-x86_64", "linux-x86_64-onednn-avx2",
          "linux-arm64", "linux-arm64",
          "macosx-arm64", "macosx-arm64",
          "macosx-x86_64", "macosx-x86_64-onednn-avx2",
          "windows-x86_64", "windows-x86_64-onednn-avx2");

  /** The suffixes of the platform in the folder names of ND4J's native libraries. */
  private static final List<String> EXTENSIONS =
      List.of("", "-avx2", "-avx512", "-onednn", "-onednn-avx2", "-onednn-avx512");

  /**
   * Checks the class path.
   *
   * @throws ConfigurationException if a library is missing; the message names the artifact to add
   */
  void require() {
    String nd4j = "org/nd4j/linalg/cpu/nativecpu/bindings/" + platform;
    if (EXTENSIONS.stream().noneMatch(extension -> present.test(nd4j + extension + "/"))) {
      String classifier = CLASSIFIERS.get(platform);
      if (classifier == null) {
        throw new ConfigurationException(
            "backend dl4j: %s has no native library for platform %s; supported platforms: %s"
                .formatted(
                    LibraryVersion.ND4J.coordinates(),
                    platform,
                    CLASSIFIERS.keySet().stream().sorted().toList()));
      }
      throw missing(LibraryVersion.ND4J, classifier);
    }
    if (!present.test("org/bytedeco/openblas/" + platform + "/")) {
      throw missing(LibraryVersion.OPENBLAS, platform);
    }
  }

  private static ConfigurationException missing(LibraryVersion artifact, String classifier) {
    return new ConfigurationException(
        "backend dl4j needs a native library that is not on the class path; add %s with classifier %s"
            .formatted(artifact.coordinates(), classifier));
  }
}
