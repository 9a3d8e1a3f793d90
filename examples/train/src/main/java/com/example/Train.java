package com.example;

import static dev.trifocal.layer.Layer.conv;
import static dev.trifocal.layer.Layer.dense;
import static dev.trifocal.layer.Layer.flatten;
import static dev.trifocal.layer.Layer.maxPool;
import static dev.trifocal.layer.Layer.relu;

import dev.trifocal.data.Dataset;
import dev.trifocal.data.Splits;
import dev.trifocal.datasets.digits.DigitsDataset;
import dev.trifocal.graph.Graph;
import dev.trifocal.image.Image;
import dev.trifocal.onnx.OnnxExporter;
import dev.trifocal.selection.Backends;
import dev.trifocal.shape.Shape;
import dev.trifocal.train.Adam;
import dev.trifocal.trainer.Trainer;
import dev.trifocal.trainer.TrainingResult;
import dev.trifocal.vision.ImageClassifier;
import dev.trifocal.vision.Prediction;
import java.nio.file.Path;

/** Trains a network on handwritten digits, exports it to ONNX and predicts with the file. */
public final class Train {
  private Train() {}

  /**
   * @param args the folder to write to; {@code target/digits} by default
   */
  public static void main(String[] args) {
    Path folder = Path.of(args.length > 0 ? args[0] : "target/digits");
    Path model = folder.resolve("digits.onnx");
    TrainingResult result = train(folder.resolve("run"));
    // The file holds the class names and the preprocessing, too.
    OnnxExporter.write(model, result.best());
    System.out.println("val_accuracy " + result.best().progress().bestValue());

    Dataset test = new DigitsDataset("test", 42, 10);
    try (ImageClassifier classifier = ImageClassifier.load(model)) {
      for (int i = 0; i < test.size(); i++) {
        Prediction best = classifier.predict(image(test, i)).best();
        System.out.printf(
            "%s is read as %s, %.1f %%%n", label(test, i), best.name(), 100 * best.probability());
      }
    }
  }

  /**
   * @param run the run directory; a second call resumes the run that it holds
   */
  static TrainingResult train(Path run) {
    Splits data =
        Splits.of(new DigitsDataset("train", 42, 4000), new DigitsDataset("validation", 42, 500));
    return Trainer.on(Backends.get("onnx"))
        .epochs(4)
        .batchSize(32)
        .optimizer(Adam.of(0.003))
        .saveTo(run)
        .resume()
        .fit(network(), data);
  }

  static Graph network() {
    return Graph.build(
        "digits",
        Shape.of(1, 28, 28),
        image ->
            image
                .then("conv1", conv(8, 3).same())
                .then(relu())
                .then(maxPool(2))
                .then("conv2", conv(16, 3).same())
                .then(relu())
                .then(maxPool(2))
                .then(flatten())
                .then("fc", dense(10)));
  }

  /** The class name of a sample. */
  static String label(Dataset data, int index) {
    return data.classes().get((int) data.classIds()[index]);
  }

  /** A sample as an image; real programs read a file or a {@code BufferedImage} instead. */
  static Image image(Dataset data, int index) {
    float[] values = data.batch(new int[] {index}).input().toFloats();
    byte[] pixels = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      pixels[i] = (byte) Math.round(255 * values[i]);
    }
    return Image.of(28, 28, 1, pixels);
  }
}
