package dev.trifocal.zoo.hub;

import dev.trifocal.error.FileException;
import dev.trifocal.file.AtomicFile;
import dev.trifocal.file.FileFailure;
import dev.trifocal.file.StrictJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a file in the cache was when it was first seen; so a later change shows.
 *
 * @param format of this record
 * @param source the address that it came from; empty if someone put it there
 * @param commit of the hub; empty if it did not say
 */
record CachedFileRecord(int format, String source, String commit, String sha256) {
  private static final int FORMAT = 1;
  private static final StrictJson JSON = StrictJson.of(List.of());

  static CachedFileRecord of(String source, Optional<String> commit, String sha256) {
    return new CachedFileRecord(FORMAT, source, commit.orElse(""), sha256);
  }

  /**
   * @throws FileException if there is one that cannot be read
   */
  static Optional<CachedFileRecord> read(Path file) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          JSON.read(Files.readString(file), file.toString(), FORMAT, CachedFileRecord.class));
    } catch (IOException e) {
      throw FileFailure.reading(file, e);
    }
  }

  void write(Path file) {
    AtomicFile.write(file, JSON.write(this));
  }
}
