package dev.trifocal.datasets;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The name of a file of a collection, which has several common forms.
 *
 * @param stem the stem, such as {@code train-images}
 * @param suffix the suffix, {@code idx3-ubyte} for images, {@code idx1-ubyte} for labels
 * @param checksum the checksum of the file
 */
public record IdxName(String stem, String suffix, Checksum checksum) {
  /** Returns the name without {@code .gz}, such as {@code train-images-idx3-ubyte}. */
  String plain() {
    return stem + "-" + suffix;
  }

  /** Returns the name on the server. */
  String gzipped() {
    return plain() + ".gz";
  }

  /** Finds the file in {@code folder} under any of its names. */
  Optional<Path> in(Path folder) {
    return Stream.of(gzipped(), plain(), stem + "." + suffix, stem + "." + suffix + ".gz")
        .map(folder::resolve)
        .filter(Files::isRegularFile)
        .findFirst();
  }
}
