package dev.trifocal.apps.run;

import dev.trifocal.error.ConfigurationException;
import dev.trifocal.file.FileFailure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Supplier;

/** Prevents two processes from training in the same run directory; released when a process ends. */
public final class RunLock {
  private RunLock() {}

  /**
   * Runs an action while holding the lock; creates the folder if necessary.
   *
   * @throws ConfigurationException if another process is training in the folder
   */
  public static <T> T holding(Path folder, Supplier<T> action) {
    Path file = folder.resolve(".lock");
    try {
      Files.createDirectories(folder);
      try (FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        if (isHeld(channel)) {
          throw new ConfigurationException(
              folder
                  + " is in use by another training process; wait for it to end or choose another"
                  + " run directory");
        }
        return action.get();
      }
    } catch (IOException e) {
      throw FileFailure.writing(file, e);
    }
  }

  private static boolean isHeld(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() == null;
    } catch (OverlappingFileLockException e) {
      return true;
    }
  }
}
