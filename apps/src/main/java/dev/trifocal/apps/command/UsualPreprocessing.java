package dev.trifocal.apps.command;

import dev.trifocal.apps.model.RunnableModel;
import dev.trifocal.apps.model.ScoreChoice;
import dev.trifocal.apps.terminal.Terminal;
import dev.trifocal.config.PreprocessingSettings;
import dev.trifocal.error.DataException;
import dev.trifocal.image.Preprocessing;
import dev.trifocal.onnx.importer.FileValue;
import dev.trifocal.shape.Shape;
import dev.trifocal.vision.ClassifierModel;

/** The preprocessing of a model that does not specify one. */
final class UsualPreprocessing {
  private UsualPreprocessing() {}

  /**
   * Describes a classifier; without a specified preprocessing, assumes the usual one and says so.
   *
   * @throws DataException if the model leaves the size of its images open
   */
  static ClassifierModel of(RunnableModel opened, ScoreChoice scores, Terminal terminal) {
    ClassifierModel described = opened.classifier(scores);
    requireSize(described);
    return described
        .image()
        .map(image -> described.preprocessing(of(opened, image, terminal)))
        .orElse(described);
  }

  /**
   * Returns the preprocessing of a model that reads images; without a specified one, assumes the
   * usual one and says so.
   *
   * @param image shape of its images
   */
  static Preprocessing of(RunnableModel opened, Shape image, Terminal terminal) {
    if (opened.preprocessing().isPresent()) {
      return opened.preprocessing().get();
    }
    Preprocessing usual = PreprocessingSettings.usual(image);
    terminal.remark(
        "note: %s does not specify its preprocessing; assuming --preprocessing %s"
            .formatted(opened.name(), usual.equals(Preprocessing.UNIT) ? "unit" : "symmetric"));
    return usual;
  }

  private static void requireSize(ClassifierModel described) {
    if (described.inputs().size() == 1 && described.image().isEmpty()) {
      FileValue input = described.inputs().get(0);
      throw new DataException(
          "%s: input '%s' leaves its size open: %s; give it, such as --input 3x224x224"
              .formatted(described.name(), input.name(), input.sizes()));
    }
  }
}
