package dev.trifocal.documentation;

import dev.trifocal.vision.ImageClassifier;
import dev.trifocal.vision.Prediction;
import java.nio.file.Path;

/** The README's sample of predictions, compiled and run. */
final class ClassifierSample {
  private ClassifierSample() {}

  // sample: begin
  static String name(Path model, Path image) {
    try (ImageClassifier classifier = ImageClassifier.load(model)) {
      Prediction best = classifier.predict(image).best();
      return "%s, %.1f %%".formatted(best.name(), 100 * best.probability());
    }
  }
  // sample: end
}
