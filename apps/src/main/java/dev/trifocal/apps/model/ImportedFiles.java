package dev.trifocal.apps.model;

import dev.trifocal.error.GraphException;
import dev.trifocal.onnx.importer.ImportFailure;
import dev.trifocal.onnx.importer.ImportOptions;
import dev.trifocal.onnx.importer.ImportResult;
import dev.trifocal.onnx.importer.ImportedGraph;
import dev.trifocal.onnx.importer.OnnxImporter;
import java.nio.file.Path;

/** ONNX files as graphs. */
public final class ImportedFiles {
  private ImportedFiles() {}

  /**
   * @throws dev.trifocal.error.FileException if the file is no ONNX model
   * @throws GraphException if it leaves sizes open, or no graph can be made of it; the message then
   *     names every node that stands in the way
   */
  public static ImportedGraph graph(Path file, ImportOptions options) {
    return graph(file.toString(), OnnxImporter.read(file, options));
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
