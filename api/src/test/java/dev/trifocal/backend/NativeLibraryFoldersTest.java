package dev.trifocal.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.trifocal.error.ConfigurationException;
import dev.trifocal.error.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeLibraryFoldersTest {
  /** Of the kernel, and mounted without execution everywhere. */
  private static final Path NOEXEC = Path.of("/proc");

  @TempDir Path folder;

  @Test
  void a_folder_without_execution_is_named_with_the_cure() throws IOException {
    assumeTrue(Files.exists(Path.of("/proc/mounts")) && Files.isWritable(NOEXEC));
    assumeTrue(
        Files.readString(Path.of("/proc/mounts")).contains(" /proc proc rw,nosuid,nodev,noexec"));
    NativeLibraryFolders folders = of(folder, NOEXEC.resolve("not/there"));

    assertThatThrownBy(
            () ->
                folders.loading(
                    () -> {
                      throw new UnsatisfiedLinkError("failed to map segment from shared object");
                    }))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "backend x cannot unpack and load its native libraries: /proc/not/there is mounted noexec;"
                + " choose another")
        .hasRootCauseInstanceOf(UnsatisfiedLinkError.class);
  }

  @Test
  void what_has_another_cause_is_left_as_it_is() {
    NativeLibraryFolders folders = of(folder);
    assertThat(folders.problem()).isEmpty();
    assertThat(folders.loading(() -> 5)).isEqualTo(5);
    UnsatisfiedLinkError error = new UnsatisfiedLinkError("wrong ELF class");
    assertThatThrownBy(
            () ->
                folders.loading(
                    () -> {
                      throw error;
                    }))
        .isSameAs(error);
    DataException ours = new DataException("no samples");
    assertThatThrownBy(
            () ->
                of(NOEXEC)
                    .loading(
                        () -> {
                          throw ours;
                        }))
        .isSameAs(ours);
  }

  private static NativeLibraryFolders of(Path... folders) {
    return new NativeLibraryFolders("x", List.of(folders), "choose another");
  }
}
