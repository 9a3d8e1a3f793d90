package dev.trifocal.download;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is wanted.
 *
 * @param name for people
 * @param target where the file goes; there is none yet
 * @param size bytes of the whole file, where they are known beforehand
 * @param check what the file is known by, if it is
 */
public record Download(
    String name, RemoteFile source, Path target, OptionalLong size, Optional<FileCheck> check) {
  /** A file of which only the digest is known. */
  public static Download of(RemoteFile source, Path target, FileCheck check) {
    return new Download(
        target.getFileName().toString(), source, target, OptionalLong.empty(), Optional.of(check));
  }
}
