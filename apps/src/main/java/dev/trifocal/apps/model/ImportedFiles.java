package dev.trifocal.apps.model;

import dev.trifocal.error.GraphException;
import dev.trifocal.onnx.importer.ImportFailure;
import dev.trifocal.onnx.importer.ImportOptions;
import dev.trifocal.onnx.importer.ImportResult;
import dev.trifocal.onnx.importer.ImportedGraph;
import dev.trifocal.onnx.importer.OnnxImporter;
import dev.trifocal.onnx.importer.OpenSizeException;
import java.nio.file.Path;

/** ONNX files as graphs. */
public final class ImportedFiles {
  private ImportedFiles() {}

  /**
   * Reads a file; an error about an open size names the flag that sets it.
   *
   * @throws dev.trifocal.error.FileException if the file is not an ONNX model
   * @throws GraphException if the file leaves sizes open that the options do not give
   */
  static ImportResult read(Path file, ImportOptions options) {
    try {
      return OnnxImporter.read(file, options);
    } catch (GraphException e) {
      if (e.getCause() instanceof OpenSizeException open) {
        throw new GraphException(
            "%s: %s; give it, such as --input 3x224x224".formatted(file, open.getMessage()), e);
      }
      throw e;
    }
  }

  /**
   * @throws dev.trifocal.error.FileException if the file is no ONNX model
   * @throws GraphException if it leaves sizes open, or no graph can be made of it; the message then
   *     names every node that stands in the way
   */
  public static ImportedGraph graph(Path file, ImportOptions options) {
    return graph(file.toString(), read(file, options));
  }

  /**
   * @throws GraphException if no graph could be made; it names every node that stands in the way
   */
  public static ImportedGraph graph(String name, ImportResult read) {
    if (read instanceof ImportFailure reasons) {
      throw new GraphException(
          ImportProblems.all(name, reasons) + ". It can still run: trifocal run");
    }
    return (ImportedGraph) read;
  }
}
