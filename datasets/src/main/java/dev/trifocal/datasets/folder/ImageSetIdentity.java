package dev.trifocal.datasets.folder;

import dev.trifocal.error.DataException;
import dev.trifocal.file.FileFailure;
import dev.trifocal.file.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a part of a folder consists of, whatever is done to its pictures.
 *
 * @param name for messages and provenance
 */
record ImageSetIdentity(String name, List<LabelledFile> files, List<String> classes) {
  ImageSetIdentity {
    files = List.copyOf(files);
    classes = List.copyOf(classes);
  }

  /**
   * @throws DataException if there is no such sample
   */
  LabelledFile file(int index) {
    if (index < 0 || index >= files.size()) {
      throw new DataException(
          "%s has no sample %d; it has %d samples".formatted(name, index, files.size()));
    }
    return files.get(index);
  }

  /** SHA-256 of the names of classes and files, and of their content; read at each call. */
  String digest() {
    Sha256 sha = new Sha256();
    classes.forEach(each -> sha.add(each + "\n"));
    for (LabelledFile each : files) {
      Path file = each.file();
      try {
        byte[] content = Files.readAllBytes(file);
        sha.add("%s %s %s\n".formatted(each.label(), file.getFileName(), content.length));
        sha.add(ByteBuffer.wrap(content));
      } catch (IOException e) {
        throw FileFailure.reading(file, e);
      }
    }
    return sha.text();
  }
}
