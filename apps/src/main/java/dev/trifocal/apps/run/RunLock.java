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

/** Keeps a second process out of a run; it goes with the process, however that ends. */
public final class RunLock {
  private RunLock() {}

  /**
   * Acts while no other process may train in the folder, which is made if it is not there.
   *
   * @throws ConfigurationException if another process trains in it
   */
  public static <T> T holding(Path folder, Supplier<T> action) {
    Path file = folder.resolve(".lock");
    try {
      Files.createDirectories(folder);
      try (FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        if (isHeld(channel)) {
          throw new ConfigurationException(folder + " is being trained by another process");
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
