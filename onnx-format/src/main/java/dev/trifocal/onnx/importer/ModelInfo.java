package dev.trifocal.onnx.importer;

import dev.trifocal.graph.ScoreOutput;
import java.util.List;
import java.util.Map;

/**
 * The description of an ONNX file.
 *
 * @param name name of its graph
 * @param producer name and version of the producer; may be empty
 * @param opset version of ONNX's own operators
 * @param unread names of the inputs that nothing in the file reads
 * @param scores outputs that can be a classifier's, by their names in the file
 * @param metadata metadata properties
 */
public record ModelInfo(
    String name,
    String producer,
    int irVersion,
    int opset,
    List<FileValue> inputs,
    List<String> unread,
    List<FileValue> outputs,
    List<ScoreOutput> scores,
    Map<String, String> metadata) {
  public ModelInfo {
    scores = List.copyOf(scores);
    inputs = List.copyOf(inputs);
    unread = List.copyOf(unread);
    outputs = List.copyOf(outputs);
    metadata = Map.copyOf(metadata);
  }
}
