package com.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trifocal.data.Dataset;
import dev.trifocal.datasets.digits.DigitsDataset;
import dev.trifocal.image.Preprocessing;
import dev.trifocal.vision.ClassifierOptions;
import dev.trifocal.vision.ImageClassifier;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportFineTuneTest {
  @Test
  void fine_tuning_adapts_a_network_of_pytorchs_to_other_digits(@TempDir Path folder) {
    Path tuned = folder.resolve("tuned.onnx");
    ImportFineTune.main(new String[] {tuned.toString()});

    Dataset unseen = new DigitsDataset("unseen", 7, 300);
    ClassifierOptions unit = ClassifierOptions.DEFAULT.preprocessing(Preprocessing.UNIT);
    double before;
    try (ImageClassifier original = ImageClassifier.load(Path.of("model/digits.onnx"), unit)) {
      before = ImportFineTune.accuracy(original, unseen);
    }
    try (ImageClassifier classifier = ImageClassifier.load(tuned)) {
      double after = ImportFineTune.accuracy(classifier, unseen);
      assertEquals(unseen.classes(), classifier.classes());
      assertTrue(before > 0.3, "better than chance before: " + before);
      assertTrue(after > 0.9 && after > before, "before " + before + ", after " + after);
    }
  }
}
