package dev.trifocal.download;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A request to download a file.
 *
 * @param name display name
 * @param target path of the file to create; must not exist yet
 * @param size size of the whole file in bytes, if known in advance
 * @param check verification of the content, if available
 */
public record Download(
    String name, RemoteFile source, Path target, OptionalLong size, Optional<FileCheck> check) {
  /** Returns a download of a file of unknown size. */
  public static Download of(RemoteFile source, Path target, FileCheck check) {
    return new Download(
        target.getFileName().toString(), source, target, OptionalLong.empty(), Optional.of(check));
  }
}
