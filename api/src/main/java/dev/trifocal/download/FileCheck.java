package dev.trifocal.download;

import dev.trifocal.file.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Verifies that a downloaded file is the expected one. */
@FunctionalInterface
public interface FileCheck {
  /** The file has this digest. */
  static FileCheck of(Digest expected) {
    return (content, size) -> expected.problem(expected.kind().of(content, size));
  }

  /**
   * Verifies the content.
   *
   * @param content the whole file; not closed by this method
   * @param size size of the file in bytes
   * @return the problem, such as {@code its MD5 is 0cc1..., expected 8d4f...}; empty if the file is
   *     the expected one
   */
  Optional<String> problem(InputStream content, long size) throws IOException;
}
