package dev.trifocal.download;

import dev.trifocal.file.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Tells whether what has arrived is the file that was wanted. */
@FunctionalInterface
public interface FileCheck {
  /** The file has this digest. */
  static FileCheck of(Digest expected) {
    return (content, size) -> expected.problem(expected.kind().of(content, size));
  }

  /**
   * @param content the whole file; stays open
   * @param size bytes in it
   * @return what is wrong, such as {@code its MD5 is 0cc1..., expected 8d4f...}; empty if it is the
   *     file
   */
  Optional<String> problem(InputStream content, long size) throws IOException;
}
