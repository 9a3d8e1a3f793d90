package dev.trifocal.datasets;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A file of a collection, which people keep under several names.
 *
 * @param stem for example {@code train-images}
 * @param suffix {@code idx3-ubyte} for pictures, {@code idx1-ubyte} for labels
 */
public record IdxName(String stem, String suffix, Checksum checksum) {
  /** The name without {@code .gz}, for example {@code train-images-idx3-ubyte}. */
  String plain() {
    return stem + "-" + suffix;
  }

  /** The name on the server. */
  String gzipped() {
    return plain() + ".gz";
  }

  /** The file in {@code folder} under any of its names. */
  Optional<Path> in(Path folder) {
    return Stream.of(gzipped(), plain(), stem + "." + suffix, stem + "." + suffix + ".gz")
        .map(folder::resolve)
        .filter(Files::isRegularFile)
        .findFirst();
  }
}
