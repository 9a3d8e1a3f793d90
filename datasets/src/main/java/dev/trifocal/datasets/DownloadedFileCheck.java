package dev.trifocal.datasets;

import dev.trifocal.datasets.idx.IdxFile;
import dev.trifocal.error.FileException;
import dev.trifocal.file.Digest;
import dev.trifocal.file.FileFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Tells whether a well-formed file is the one that its name promises. */
record DownloadedFileCheck(IdxCollection collection, List<IdxCollection> others) {
  /**
   * @throws FileException if the file is another collection's, or its content is not the known one
   */
  void require(Path file, IdxFile idx, IdxName name) {
    Checksum expected = name.checksum();
    if (matches(expected, file, idx)) {
      return;
    }
    for (IdxCollection other : others) {
      if (other.files().map(IdxName::checksum).anyMatch(known -> matches(known, file, idx))) {
        throw new FileException(
            "%s: belongs to %s, not to %s; use --data %s, or another --data-dir"
                .formatted(file, other.name(), collection.name(), other.name()));
      }
    }
    // Of copies gzipped anew only the content is known, and not for every collection.
    if (expected.coverage() == Checksum.Coverage.CONTENT) {
      throw new FileException(
          "%s: is not the file of %s, or is damaged: the %s of its content is %s, expected %s;"
                  .formatted(
                      file,
                      collection.name(),
                      expected.digest().kind().algorithm(),
                      expected.of(idx.content()).hex(),
                      expected.digest().hex())
              + " replace it, or open other data as a folder with x.npy and y.npy");
    }
  }

  private static boolean matches(Checksum known, Path file, IdxFile idx) {
    try {
      Digest actual =
          switch (known.coverage()) {
            case CONTENT -> known.of(idx.content());
            case FILE -> known.of(file);
          };
      return actual.equals(known.digest());
    } catch (IOException e) {
      throw FileFailure.reading(file, e);
    }
  }
}
