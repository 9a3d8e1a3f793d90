package dev.trifocal.apps.picture;

import dev.trifocal.backend.Program;
import dev.trifocal.error.DataException;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Node;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.zoo.Preprocessing;
import java.util.List;
import java.util.Map;

/** A model that tells classes apart, asked about pictures. */
public final class Classifier {
  private final Node input;
  private final String output;
  private final Program program;
  private final List<String> classes;
  private final Preprocessing preprocessing;

  /**
   * @throws DataException if the model's output is not one logit per class
   */
  public Classifier(
      Graph graph, Program program, List<String> classes, Preprocessing preprocessing) {
    this.input = graph.inputs().get(0);
    this.output = graph.outputs().keySet().iterator().next();
    this.program = program;
    this.classes = classes;
    this.preprocessing = preprocessing;
    Shape shape = graph.output(output).shape();
    if (shape.rank() != 1) {
      throw new DataException(
          "%s does not classify: its output is %s; use trifocal run"
              .formatted(graph.name(), shape));
    }
  }

  /** The likeliest classes, the best first. */
  public List<Guess> guesses(Picture picture, Picture.Tone tone, int count) {
    Tensor sample = picture.tensor(input.shape(), tone, preprocessing);
    Tensor logits = program.run(Map.of(input.path(), sample)).get(output);
    return Guess.best(logits.toFloats(), classes, count);
  }
}
