package dev.trifocal.apps.model;

import dev.trifocal.error.GraphException;
import dev.trifocal.onnx.importer.ImportFailure;
import dev.trifocal.onnx.importer.ImportOptions;
import dev.trifocal.onnx.importer.ImportResult;
import dev.trifocal.onnx.importer.ImportedGraph;
import dev.trifocal.onnx.importer.OnnxImporter;
import dev.trifocal.onnx.importer.OpenSizeException;
import java.nio.file.Path;

/** Imports ONNX files as graphs. */
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
            "%s: %s; %s".formatted(file, open.getMessage(), advice(options)), e);
      }
      throw e;
    }
  }

  /**
   * Imports a file.
   *
   * @throws dev.trifocal.error.FileException if the file is not an ONNX model
   * @throws GraphException if sizes remain dynamic, or the file cannot be imported; the message
   *     names every node that prevents it
   */
  public static ImportedGraph graph(Path file, ImportOptions options) {
    return graph(file.toString(), read(file, options));
  }

  /**
   * Returns the imported graph.
   *
   * @throws GraphException if the import failed; the message names every node that prevented it
   */
  public static ImportedGraph graph(String name, ImportResult read) {
    if (read instanceof ImportFailure reasons) {
      throw new GraphException(
          ImportProblems.all(name, reasons) + ". ONNX Runtime can still run it: trifocal run");
    }
    return (ImportedGraph) read;
  }

  /** Where inputs were given, the one that is missing decides its size. */
  private static String advice(ImportOptions options) {
    return options.samples().isEmpty()
        ? "give it, such as --input 3x224x224"
        : "pass this input too, with --input NAME=FILE";
  }
}
