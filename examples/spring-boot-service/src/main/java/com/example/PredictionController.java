package com.example;

import dev.trifocal.error.FileException;
import dev.trifocal.vision.ImageClassifier;
import dev.trifocal.vision.Prediction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.server.ResponseStatusException;

/** {@code POST /predict} with an image in the form field {@code image}. */
@RestController
class PredictionController {
  private final ImageClassifier classifier;

  PredictionController(ImageClassifier classifier) {
    this.classifier = classifier;
  }

  /** The three most probable classes, best first, as {@code [{"id", "name", "probability"}]}. */
  @PostMapping("/predict")
  List<Prediction> predict(@RequestParam("image") MultipartFile upload) throws IOException {
    Path file = Files.createTempFile("upload", ".image");
    try {
      upload.transferTo(file);
      return classifier.predict(file).top(3);
    } catch (FileException e) {
      throw new ResponseStatusException(HttpStatus.BAD_REQUEST, e.getMessage(), e);
    } finally {
      Files.delete(file);
    }
  }
}
