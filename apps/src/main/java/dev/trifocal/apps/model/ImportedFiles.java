package dev.trifocal.apps.model;

import dev.trifocal.error.GraphException;
import dev.trifocal.onnx.importer.ImportFailure;
import dev.trifocal.onnx.importer.ImportOptions;
import dev.trifocal.onnx.importer.ImportResult;
import dev.trifocal.onnx.importer.ImportedGraph;
import dev.trifocal.onnx.importer.OnnxImporter;
import java.nio.file.Path;

/** Imports ONNX files as graphs. */
public final class ImportedFiles {
  private ImportedFiles() {}

  /**
   * Imports a file.
   *
   * @throws dev.trifocal.error.FileException if the file is not an ONNX model
   * @throws GraphException if sizes remain dynamic, or the file cannot be imported; the message
   *     names every node that prevents it
   */
  public static ImportedGraph graph(Path file, ImportOptions options) {
    return graph(file.toString(), OnnxImporter.read(file, options));
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
}
