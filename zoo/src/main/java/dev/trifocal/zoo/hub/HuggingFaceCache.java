package dev.trifocal.zoo.hub;

import dev.trifocal.download.FileCheck;
import dev.trifocal.file.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The cache of Hugging Face's own tools, which is only read: {@code
 * models--timm--resnet50.tv_in1k/snapshots/<commit>/model.safetensors}, a link to a file named by
 * its digest.
 *
 * @param folder the cache folder, {@code $HF_HOME/hub}
 */
record HuggingFaceCache(Path folder) {
  private static final String DATASETS = "datasets/";

  /** Returns the file if it is cached and its digest matches. */
  Optional<Path> find(HubFile file) {
    Path repository = folder.resolve(directory(file.repository()));
    try {
      Path snapshots = repository.resolve("snapshots");
      Path place = snapshots.resolve(commit(repository, file)).resolve(file.name());
      if (!Files.isRegularFile(place)) {
        return Optional.empty();
      }
      Path blob = place.toRealPath();
      Optional<Digest> digest =
          file.sha256()
              .map(Digest::sha256)
              .or(() -> RemoteFileInfo.digest(blob.getFileName().toString()));
      return digest.isPresent() && is(digest.get(), blob) ? Optional.of(place) : Optional.empty();
    } catch (IOException e) {
      // The cache belongs to another program; if it is unreadable, the file can still be
      // downloaded.
      return Optional.empty();
    }
  }

  private static String commit(Path repository, HubFile file) throws IOException {
    Path reference = repository.resolve("refs").resolve(file.revision());
    return Files.isRegularFile(reference) ? Files.readString(reference).strip() : file.revision();
  }

  private static String directory(String repository) {
    boolean data = repository.startsWith(DATASETS);
    String name = data ? repository.substring(DATASETS.length()) : repository;
    return (data ? "datasets--" : "models--") + name.replace("/", "--");
  }

  private static boolean is(Digest digest, Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return FileCheck.of(digest).problem(in, Files.size(file)).isEmpty();
    }
  }
}
