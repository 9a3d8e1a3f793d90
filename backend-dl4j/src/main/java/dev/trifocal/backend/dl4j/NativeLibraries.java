package dev.trifocal.backend.dl4j;

import dev.trifocal.error.ConfigurationException;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Which native libraries ND4J needs, and what to say if one is not there.
 *
 * @param platform in JavaCPP's words, {@code linux-x86_64}
 * @param present whether a folder is on the class path
 */
record NativeLibraries(String platform, Predicate<String> present) {
  /** Platform to the classifier of ND4J's natives that this project takes for it. */
  private static final Map<String, String> CLASSIFIERS =
      Map.of(
          "linux-x86_64", "linux-x86_64-onednn-avx2",
          "linux-arm64", "linux-arm64",
          "macosx-arm64", "macosx-arm64",
          "macosx-x86_64", "macosx-x86_64-onednn-avx2",
          "windows-x86_64", "windows-x86_64-onednn-avx2");

  /** What may follow the platform in the name of a folder of ND4J's natives. */
  private static final List<String> EXTENSIONS =
      List.of("", "-avx2", "-avx512", "-onednn", "-onednn-avx2", "-onednn-avx512");

  /**
   * @throws ConfigurationException naming the artifact to add
   */
  void require() {
    String nd4j = "org/nd4j/linalg/cpu/nativecpu/bindings/" + platform;
    if (EXTENSIONS.stream().noneMatch(extension -> present.test(nd4j + extension + "/"))) {
      String classifier = CLASSIFIERS.get(platform);
      if (classifier == null) {
        throw new ConfigurationException(
            "backend dl4j: %s has no native library for this platform, %s; it has them for %s"
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
        "backend dl4j needs a native library that is not on the class path: add %s, classifier %s"
            .formatted(artifact.coordinates(), classifier));
  }
}
