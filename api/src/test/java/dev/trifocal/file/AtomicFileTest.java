package dev.trifocal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.trifocal.error.FileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  @TempDir Path folder;

  @Test
  void a_file_and_the_folders_above_it_are_made() {
    Path file = folder.resolve("a/b/c.txt");
    AtomicFile.write(file, "ä");
    assertThat(file).hasContent("ä");
    assertThat(file.getParent()).isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  void a_file_is_replaced() {
    Path file = folder.resolve("c.txt");
    AtomicFile.write(file, "a longer text");
    AtomicFile.write(file, "b");
    assertThat(file).hasContent("b");
  }

  @Test
  void a_full_disk_gives_one_message_and_leaves_the_old_file_and_nothing_else() throws IOException {
    Path file = folder.resolve("c.txt");
    AtomicFile.write(file, "old");
    assertThatThrownBy(
            () ->
                AtomicFile.write(
                    file,
                    channel -> {
                      AtomicFile.writeFully(channel, ByteBuffer.allocate(10));
                      throw new IOException("No space left on device");
                    }))
        .isInstanceOf(FileException.class)
        .hasMessage(
            file
                + ": cannot be written: No space left on device; existing content is"
                + " unchanged. Free some space or choose another folder");
    assertThat(file).hasContent("old");
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void a_read_only_disk_is_not_cured_by_space() {
    Path file = folder.resolve("c.txt");
    assertThatThrownBy(
            () ->
                AtomicFile.write(
                    file,
                    channel -> {
                      throw new FileSystemException("c.txt", null, "Read-only file system");
                    }))
        .hasMessage(
            file
                + ": cannot be written: Read-only file system; existing content is unchanged."
                + " Choose another folder");
  }

  @Test
  void a_folder_in_the_place_of_a_file_is_said() {
    assertThatThrownBy(() -> AtomicFile.write(folder, "x"))
        .isInstanceOf(FileException.class)
        .hasMessage(
            folder + " is a folder; give the name of a file, such as " + folder.resolve("NAME"));
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void a_link_stays_and_the_file_behind_it_is_replaced() throws IOException {
    Path file = folder.resolve("real.txt");
    AtomicFile.write(file, "old");
    Path link = Files.createSymbolicLink(folder.resolve("link.txt"), Path.of("real.txt"));
    AtomicFile.write(link, "new");
    assertThat(link).isSymbolicLink();
    assertThat(file).isRegularFile().hasContent("new");
  }

  @Test
  void a_device_is_written_to_and_not_replaced() {
    Path device = Path.of("/dev/null");
    assumeThat(device).as("no such device here").exists();
    AtomicFile.write(device, "x");
    assertThat(Files.isRegularFile(device)).isFalse();
  }

  @Test
  void a_file_in_the_place_of_a_folder_is_said() {
    AtomicFile.write(folder.resolve("c"), "a file");
    assertThatThrownBy(() -> AtomicFile.write(folder.resolve("c/d.txt"), "x"))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("there is a file where a folder should be");
  }

  @Test
  void a_folder_is_writable_before_it_exists_and_nothing_is_left() {
    AtomicFile.requireWritable(folder.resolve("a/b"));
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void a_file_is_no_folder_to_write_to() {
    Path file = folder.resolve("c.txt");
    AtomicFile.write(file, "c");
    assertThatThrownBy(() -> AtomicFile.requireWritable(file.resolve("a")))
        .isInstanceOf(FileException.class)
        .hasMessage(file + " is a file; expected a folder");
  }

  @Test
  void a_folder_in_which_no_file_can_be_made_is_refused() {
    Path kernel = Path.of("/proc/self");
    assumeThat(kernel).exists();
    assertThatThrownBy(() -> AtomicFile.requireWritable(kernel))
        .isInstanceOf(FileException.class)
        .hasMessageStartingWith("/proc/self: cannot be written: ");
  }
}
