package dev.trifocal.documentation;

import dev.trifocal.image.ImagePreprocessor;
import dev.trifocal.vision.ImageClassifier;
import dev.trifocal.zoo.Pretrained;
import dev.trifocal.zoo.Zoo;
import java.nio.file.Path;

/** The sample of docs/pretrained.md, compiled; to run it takes a network. */
final class PretrainedSample {
  private PretrainedSample() {}

  // sample: begin
  static String classify(Path image) {
    Pretrained resnet = Zoo.find("resnet50").pretrained();
    ImagePreprocessor preprocessor =
        new ImagePreprocessor(resnet.preprocessing(), resnet.graph().inputs().get(0).shape());
    try (ImageClassifier classifier =
        ImageClassifier.of(resnet.graph(), resnet.weights(), preprocessor, resnet.classes())) {
      return classifier.predict(image).best().name();
    }
  }
  // sample: end
}
