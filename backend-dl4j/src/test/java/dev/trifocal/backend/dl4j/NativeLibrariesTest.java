package dev.trifocal.backend.dl4j;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.error.ConfigurationException;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NativeLibrariesTest {
  private static final String ND4J = "org/nd4j/linalg/cpu/nativecpu/bindings/";
  private static final String OPENBLAS = "org/bytedeco/openblas/";

  @Test
  void what_is_there_is_not_complained_about() {
    assertThatCode(
            () -> require("linux-x86_64", ND4J + "linux-x86_64/", OPENBLAS + "linux-x86_64/"))
        .doesNotThrowAnyException();
    assertThatCode(
            () ->
                require(
                    "windows-x86_64",
                    ND4J + "windows-x86_64-onednn-avx512/",
                    OPENBLAS + "windows-x86_64/"))
        .doesNotThrowAnyException();
  }

  @Test
  void a_missing_native_is_named_with_the_classifier_of_the_platform() {
    assertThatThrownBy(() -> require("linux-x86_64", ND4J + "linux-arm64/"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "backend dl4j needs a native library that is not on the class path; add"
                + " org.nd4j:nd4j-native:%s with classifier linux-x86_64-onednn-avx2",
            LibraryVersion.ND4J.version());
  }

  @Test
  void a_missing_OpenBLAS_is_named_too() {
    assertThatThrownBy(() -> require("macosx-arm64", ND4J + "macosx-arm64/"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "backend dl4j needs a native library that is not on the class path; add"
                + " org.bytedeco:openblas:%s with classifier macosx-arm64",
            LibraryVersion.OPENBLAS.version());
  }

  @Test
  void a_platform_that_ND4J_does_not_know_is_told_so() {
    assertThatThrownBy(() -> require("linux-riscv64"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContainingAll(
            "no native library for platform linux-riscv64", "linux-x86_64", "macosx-arm64");
  }

  private static void require(String platform, String... folders) {
    new NativeLibraries(platform, Set.of(folders)::contains).require();
  }
}
