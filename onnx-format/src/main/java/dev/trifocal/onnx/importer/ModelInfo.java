package dev.trifocal.onnx.importer;

import dev.trifocal.graph.ScoreOutput;
import java.util.List;
import java.util.Map;

/**
 * What a file says of itself.
 *
 * @param name of its graph
 * @param producer and its version, as the file names them; may be empty
 * @param opset version of ONNX's own operators
 * @param scores outputs that can be a classifier's, by their names in the file
 * @param metadata its metadata properties
 */
public record ModelInfo(
    String name,
    String producer,
    int irVersion,
    int opset,
    List<FileValue> inputs,
    List<FileValue> outputs,
    List<ScoreOutput> scores,
    Map<String, String> metadata) {
  public ModelInfo {
    scores = List.copyOf(scores);
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    metadata = Map.copyOf(metadata);
  }
}
