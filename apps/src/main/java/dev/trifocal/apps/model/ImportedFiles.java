package dev.trifocal.apps.model;

import dev.trifocal.error.GraphException;
import dev.trifocal.onnx.importer.Import;
import dev.trifocal.onnx.importer.ImportOptions;
import dev.trifocal.onnx.importer.ImportedGraph;
import dev.trifocal.onnx.importer.NotImported;
import dev.trifocal.onnx.importer.OnnxImporter;
import java.nio.file.Path;

/** ONNX files as graphs. */
public interface ImportedFiles {
  /**
   * @throws dev.trifocal.error.FileException if the file is no ONNX model
   * @throws GraphException if it leaves sizes open, or no graph can be made of it; the message then
   *     names every node that stands in the way
   */
  static ImportedGraph graph(Path file, ImportOptions options) {
    return graph(file.toString(), OnnxImporter.read(file, options));
  }

  /**
   * @throws GraphException if no graph could be made; it names every node that stands in the way
   */
  static ImportedGraph graph(String name, Import read) {
    if (read instanceof NotImported reasons) {
      throw new GraphException(Obstacles.all(name, reasons) + ". It can still run: trifocal run");
    }
    return (ImportedGraph) read;
  }
}
