package dev.trifocal.apps.model;

import dev.trifocal.apps.terminal.Terminal;
import dev.trifocal.onnx.ModelMetadata;
import java.nio.file.Path;

/** Tells the user which files beside a model could not complete its metadata. */
final class MetadataNotes {
  private MetadataNotes() {}

  /**
   * Prints a note for each file that cannot be used.
   *
   * @param own the metadata of the model itself
   */
  static void print(Terminal terminal, ModelMetadata own, Path model) {
    own.unreadBeside(model)
        .forEach(
            reason ->
                terminal.remark(
                    "note: %s; it is ignored. Name classes with --classes FILE and preprocessing with --preprocessing NAME"
                        .formatted(reason)));
  }
}
