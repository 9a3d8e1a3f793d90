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
 * A record of a cached file, made when it was first seen, to detect later changes.
 *
 * @param format the version of the record's format
 * @param source the URL of the download; empty if the file was added by hand
 * @param commit the hub's commit; empty if unknown
 * @param sha256 the SHA-256 of the content
 */
record CachedFileRecord(int format, String source, String commit, String sha256) {
  private static final int FORMAT = 1;
  private static final StrictJson JSON = StrictJson.of(List.of());

  static CachedFileRecord of(String source, Optional<String> commit, String sha256) {
    return new CachedFileRecord(FORMAT, source, commit.orElse(""), sha256);
  }

  /**
   * Reads the record of a file; returns empty if there is none.
   *
   * @throws FileException if the record cannot be read
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
