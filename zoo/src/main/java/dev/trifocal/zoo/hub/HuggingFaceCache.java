package dev.trifocal.zoo.hub;

import dev.trifocal.download.FileCheck;
import dev.trifocal.file.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The cache of Hugging Face's own programs, which is read and never written: {@code
 * models--timm--resnet50.tv_in1k/snapshots/<commit>/model.safetensors}, a link to a file that is
 * named after its digest.
 *
 * @param folder {@code $HF_HOME/hub}
 */
record HuggingFaceCache(Path folder) {
  private static final String DATASETS = "datasets/";

  /** The file, if it is there and its content is what it should be. */
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
      // It is another program's; what cannot be read there can still be downloaded.
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
