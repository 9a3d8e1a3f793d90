package dev.trifocal.backend.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.backend.Device;
import dev.trifocal.error.ConfigurationException;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class NativeLibrariesTest {
  private static final String VERSION = "\\d+[.]\\d+[.]\\d+";
  private static final String PLATFORM = "(linux|osx|win)-(x86_64|aarch64)";

  @Test
  void without_PyTorch_the_message_says_which_artifact_to_add() {
    assertThatThrownBy(() -> withoutJars("pytorch-native-cpu", DjlBackend::new))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageMatching(
            "backend djl needs PyTorch's native libraries, which are not on the class path;"
                + " add ai[.]djl[.]pytorch:pytorch-native-cpu:"
                + VERSION
                + " with classifier "
                + PLATFORM);
  }

  @Test
  void without_DJLs_binding_the_message_says_which_artifact_to_add() {
    assertThatThrownBy(() -> withoutJars("pytorch-jni", DjlBackend::new))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageMatching(".*; add ai[.]djl[.]pytorch:pytorch-jni:" + VERSION + "-" + VERSION);
  }

  @Test
  void a_platform_that_DJL_does_not_know_is_told_so() {
    assertThatThrownBy(() -> with("os.arch", "riscv64", DjlBackend::new))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageMatching(
            "backend djl does not support this platform: DJL " + VERSION + " has no .*riscv64");
  }

  @Test
  void a_libtorch_of_ones_own_needs_no_artifact() throws Throwable {
    with(
        "PYTORCH_LIBRARY_PATH",
        "/opt/libtorch/lib",
        () -> withoutJars("pytorch-native-cpu", DjlBackend::new));
  }

  @Test
  void a_layout_that_operators_refuse_is_refused_at_the_start() {
    assertThatThrownBy(() -> with("ai.djl.pytorch.use_mkldnn", "true", DjlBackend::new))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("ai.djl.pytorch.use_mkldnn");
  }

  @Test
  void DJL_is_kept_off_the_network_unless_the_user_says_otherwise() throws Throwable {
    new DjlBackend();
    assertThat(System.getProperty("ai.djl.offline")).isEqualTo("true");
    with(
        "ai.djl.offline",
        "false",
        () -> {
          new DjlBackend();
          assertThat(System.getProperty("ai.djl.offline")).isEqualTo("false");
        });
  }

  @Test
  void the_engine_names_both_versions_and_the_processor() {
    DjlBackend backend = new DjlBackend();
    assertThat(backend.engine()).matches("PyTorch " + VERSION + " \\(DJL " + VERSION + "\\)");
    assertThat(backend.devices()).startsWith(Device.CPU);
  }

  /** Runs with a class path, as DJL sees it, from which some jars are missing. */
  private static void withoutJars(String name, ThrowingCallable action) throws Throwable {
    URL[] others =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !Path.of(entry).getFileName().toString().startsWith(name))
            .map(NativeLibrariesTest::url)
            .toArray(URL[]::new);
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader loader = new URLClassLoader(others, ClassLoader.getPlatformClassLoader())) {
      thread.setContextClassLoader(loader);
      action.call();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static void with(String property, String value, ThrowingCallable action)
      throws Throwable {
    String before = System.getProperty(property);
    System.setProperty(property, value);
    try {
      action.call();
    } finally {
      if (before == null) {
        System.clearProperty(property);
      } else {
        System.setProperty(property, before);
      }
    }
  }

  private static URL url(String entry) {
    try {
      return Path.of(entry).toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(entry, e);
    }
  }
}
