package com.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trifocal.data.Dataset;
import dev.trifocal.datasets.digits.DigitsDataset;
import dev.trifocal.trainer.RunDirectory;
import dev.trifocal.vision.ImageClassifier;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainTest {
  @Test
  void the_exported_file_names_digits_that_were_not_trained_on(@TempDir Path folder) {
    Train.main(new String[] {folder.toString()});

    assertTrue(RunDirectory.at(folder.resolve("run")).hasBest());
    Dataset unseen = new DigitsDataset("unseen", 7, 200);
    try (ImageClassifier classifier = ImageClassifier.load(folder.resolve("digits.onnx"))) {
      assertEquals(unseen.classes(), classifier.classes());
      int right = 0;
      for (int i = 0; i < unseen.size(); i++) {
        String name = classifier.predict(Train.image(unseen, i)).best().name();
        right += name.equals(Train.label(unseen, i)) ? 1 : 0;
      }
      assertTrue(right >= 180, right + " of 200 digits are right");
    }
  }
}
