package dev.trifocal.file;

import dev.trifocal.error.FileException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** Converts I/O exceptions to messages for users. */
public final class FileFailure {
  private static final String PERMISSION_DENIED = "permission denied";

  /** What Java replaces bytes by that it cannot decode. */
  private static final String UNDECODED = "\uFFFD";

  private FileFailure() {}

  public static FileException reading(Path file, IOException cause) {
    boolean misnamed = cause instanceof NoSuchFileException && file.toString().contains(UNDECODED);
    return new FileException(
        "%s: cannot be read: %s"
            .formatted(
                file,
                misnamed
                    ? "its name contains bytes that are not valid UTF-8; rename the file, or, for an image, pass its folder"
                    : reason(cause)),
        cause);
  }

  public static FileException writing(Path file, IOException cause) {
    return new FileException(
        "%s: cannot be written: %s; existing content is unchanged. %s"
            .formatted(file, reason(cause), cure(reason(cause))),
        cause);
  }

  private static String cure(String reason) {
    return switch (reason) {
      case "Read-only file system", PERMISSION_DENIED -> "Choose another folder";
      case "File too large" -> "Raise the limit of file sizes or choose another disk";
      case "Too many open files" -> "Raise the limit of open files";
      default -> "Free some space or choose another folder";
    };
  }

  private static String reason(IOException cause) {
    if (cause instanceof NoSuchFileException) {
      return "there is no such file";
    }
    if (cause instanceof AccessDeniedException) {
      return PERMISSION_DENIED;
    }
    if (cause instanceof NotDirectoryException || cause instanceof FileAlreadyExistsException) {
      return "there is a file where a folder should be";
    }
    if (cause instanceof FileSystemException system && system.getReason() != null) {
      return system.getReason();
    }
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
