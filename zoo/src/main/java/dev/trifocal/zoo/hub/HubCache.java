package dev.trifocal.zoo.hub;

import dev.trifocal.error.FileException;
import dev.trifocal.file.Digest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Files by {@code <repository>/<revision>/<name>}, each with its receipt beside it.
 *
 * @param folder above them
 */
record HubCache(Path folder) {
  Path place(HubFile file) {
    return folder.resolve(file.repository()).resolve(file.revision()).resolve(file.name());
  }

  Path receipt(HubFile file) {
    Path place = place(file);
    return place.resolveSibling(place.getFileName() + ".json");
  }

  /**
   * The file, if it is there and still what it was.
   *
   * @throws FileException if it is another file than known, or than first seen
   */
  Optional<Path> find(HubFile file) {
    Path place = place(file);
    if (!Files.exists(place)) {
      return Optional.empty();
    }
    String actual = Digest.sha256Of(place).hex();
    Optional<CachedFileRecord> receipt = CachedFileRecord.read(receipt(file));
    String expected = file.sha256().or(() -> receipt.map(CachedFileRecord::sha256)).orElse(actual);
    if (!actual.equals(expected)) {
      throw new FileException(
          "%s: is not %s as %s: its SHA-256 is %s, expected %s; move it away to have it downloaded again"
              .formatted(
                  place,
                  file,
                  file.sha256().isPresent() ? "published" : "first seen",
                  actual,
                  expected));
    }
    if (receipt.isEmpty()) {
      CachedFileRecord.of("", Optional.empty(), actual).write(receipt(file));
    }
    return Optional.of(place);
  }

  /** Notes what has just arrived. */
  void note(HubFile file, String source, Optional<String> commit) {
    CachedFileRecord.of(source, commit, Digest.sha256Of(place(file)).hex()).write(receipt(file));
  }
}
