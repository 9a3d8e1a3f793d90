package dev.trifocal.zoo.hub;

import dev.trifocal.error.FileException;
import dev.trifocal.file.Digest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Cached files by {@code <repository>/<revision>/<name>}, each with a {@link CachedFileRecord} next
 * to it.
 *
 * @param folder the root folder of the cache
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
   * Returns the file if it is cached and unchanged.
   *
   * @throws FileException if its digest is not the known one, or not the one it had when first seen
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
          "%s: is not %s as %s: its SHA-256 is %s, expected %s; delete or move the file to download it again"
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

  /** Records a file that was just downloaded. */
  void note(HubFile file, String source, Optional<String> commit) {
    CachedFileRecord.of(source, commit, Digest.sha256Of(place(file)).hex()).write(receipt(file));
  }
}
