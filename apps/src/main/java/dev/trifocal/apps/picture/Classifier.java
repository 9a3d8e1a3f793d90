package dev.trifocal.apps.picture;

import dev.trifocal.apps.model.OpenModel;
import dev.trifocal.backend.Program;
import dev.trifocal.config.PictureChoice;
import dev.trifocal.error.DataException;
import dev.trifocal.layer.Scores;
import dev.trifocal.onnx.importer.FileValue;
import dev.trifocal.picture.Picture;
import dev.trifocal.picture.Preparation;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A model that tells classes apart, asked about pictures. */
public final class Classifier {
  /** How far rounding may take the sum of probabilities from 1. */
  private static final double ROUNDING = 1e-3;

  private final OpenModel model;
  private final Program program;
  private final FileValue input;
  private final Shape sample;
  private final Preparation preparation;

  /**
   * @throws DataException if the model does not read one picture of a known size
   */
  public Classifier(OpenModel model, Program program) {
    this.model = model;
    this.program = program;
    if (model.inputs().size() != 1) {
      throw new DataException(
          "%s has %d inputs, but a picture is one; use trifocal run"
              .formatted(model.name(), model.inputs().size()));
    }
    this.input = model.inputs().get(0);
    this.sample =
        model
            .sample()
            .orElseThrow(
                () ->
                    new DataException(
                        "%s: input '%s' leaves its size open: %s; say which one to use, such as 3x224x224 (--input)"
                            .formatted(model.name(), input.name(), input.sizes())));
    this.preparation =
        new Preparation(
            model.preprocessing().orElseGet(() -> PictureChoice.usual(image())), image());
  }

  /** The scores of the classes for a picture. */
  public float[] scores(Picture picture) {
    Tensor image = preparation.tensor(picture);
    Tensor given = isChannelsLast() ? ChannelsLast.of(image) : image;
    Tensor made = program.run(Map.of(input.path(), given)).get(model.outputs().get(0).path());
    Shape shape = made.shape();
    if (shape.rank() < 2 || shape.elements() != shape.size(1)) {
      throw new DataException(
          "%s does not classify: its output is %s; use trifocal run"
              .formatted(model.name(), shape.rank() == 0 ? shape : shape.sample()));
    }
    List<String> classes = model.classes();
    if (!classes.isEmpty() && classes.size() != shape.size(1)) {
      throw new DataException(
          "%s tells %d classes apart, but there are %d names for them"
              .formatted(model.name(), shape.size(1), classes.size()));
    }
    return made.toFloats();
  }

  /** The likeliest classes, the best first. */
  public List<Guess> guesses(float[] scores, int count) {
    boolean settled =
        model.scores().map(s -> s == Scores.PROBABILITIES).orElseGet(() -> isDistribution(scores));
    return settled
        ? Guess.likeliest(doubles(scores), model.classes(), count)
        : Guess.best(scores, model.classes(), count);
  }

  private static boolean isDistribution(float[] scores) {
    double sum = 0;
    for (float score : scores) {
      if (score < 0) {
        return false;
      }
      sum += score;
    }
    return Math.abs(sum - 1) < ROUNDING;
  }

  private static double[] doubles(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
  }

  /** Files that run as they are may have the channels of a picture last. */
  private boolean isChannelsLast() {
    return sample.rank() == 3 && !isColours(sample.size(0)) && isColours(sample.size(2));
  }

  private Shape image() {
    return isChannelsLast() ? Shape.of(sample.size(2), sample.size(0), sample.size(1)) : sample;
  }

  private static boolean isColours(int channels) {
    return channels == 1 || channels == 3;
  }
}
