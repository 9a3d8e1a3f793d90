package com.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trifocal.vision.ImageClassifier;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransferTest {
  @Test
  void a_network_trained_on_digits_learns_to_tell_shapes_apart(@TempDir Path folder) {
    Path file = folder.resolve("shapes.onnx");
    Transfer.main(new String[] {file.toString(), Shapes.draw(folder.resolve("images")).toString()});

    Random random = new Random(7);
    int right = 0;
    try (ImageClassifier classifier = ImageClassifier.load(file)) {
      assertEquals(Shapes.CLASSES, classifier.classes());
      for (int i = 0; i < 90; i++) {
        String name = Shapes.CLASSES.get(i % Shapes.CLASSES.size());
        right += classifier.predict(Shapes.image(name, random)).best().name().equals(name) ? 1 : 0;
      }
    }
    assertTrue(right >= 80, right + " of 90 shapes are right");
  }
}
