package dev.trifocal.datasets;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Files handed beside the project; tests that need them are skipped where they are absent. */
final class PublishedDatasets {
  private PublishedDatasets() {}

  static Path folder(String name) {
    Optional<Path> assets =
        Optional.ofNullable(System.getProperty("trifocal.assets"))
            .map(Path::of)
            .or(PublishedDatasets::beside);
    assumeThat(assets.map(path -> path.resolve(name)).filter(Files::isDirectory))
        .as("assets/%s, beside the project or where -Dtrifocal.assets points", name)
        .isPresent();
    return assets.orElseThrow().resolve(name);
  }

  private static Optional<Path> beside() {
    return Stream.iterate(
            Path.of("").toAbsolutePath(), path -> path != null, path -> path.getParent())
        .map(path -> path.resolve("shared").resolve("assets"))
        .filter(Files::isDirectory)
        .findFirst();
  }
}
