package com.example;

import dev.trifocal.data.Dataset;
import dev.trifocal.data.Splits;
import dev.trifocal.datasets.digits.DigitsDataset;
import dev.trifocal.image.Image;
import dev.trifocal.image.ImagePreprocessor;
import dev.trifocal.image.Preprocessing;
import dev.trifocal.metric.Accuracy;
import dev.trifocal.onnx.OnnxExporter;
import dev.trifocal.onnx.importer.ImportOptions;
import dev.trifocal.onnx.importer.ImportedGraph;
import dev.trifocal.onnx.importer.OnnxImporter;
import dev.trifocal.selection.Backends;
import dev.trifocal.train.Adam;
import dev.trifocal.train.Loss;
import dev.trifocal.train.Objective;
import dev.trifocal.trainer.Trainer;
import dev.trifocal.trainer.TrainingResult;
import dev.trifocal.vision.Classification;
import dev.trifocal.vision.ImageClassifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Imports a network that PyTorch has written, fine-tunes it on other data and exports it again. */
public final class ImportFineTune {
  private ImportFineTune() {}

  /**
   * @param args the file to write, {@code target/tuned.onnx} by default, and the file to import,
   *     {@code model/digits.onnx} by default
   */
  public static void main(String[] args) {
    Path tuned = Path.of(args.length > 0 ? args[0] : "target/tuned.onnx");
    Path original = Path.of(args.length > 1 ? args[1] : "model/digits.onnx");
    Dataset test = new DigitsDataset("test", 42, 500);

    ImportedGraph imported = OnnxImporter.read(original, ImportOptions.DEFAULT).orThrow();
    // PyTorch's file says neither how images are preprocessed nor what the classes are called.
    ImagePreprocessor preprocessor =
        new ImagePreprocessor(Preprocessing.UNIT, imported.graph().inputs().get(0).shape());
    try (ImageClassifier before =
        ImageClassifier.of(imported.graph(), imported.weights(), preprocessor, test.classes())) {
      System.out.println("accuracy before: " + accuracy(before, test));
    }

    OnnxExporter.write(tuned, fineTune(imported).best());
    try (ImageClassifier after = ImageClassifier.load(tuned)) {
      System.out.println("accuracy after:  " + accuracy(after, test));
    }
  }

  static TrainingResult fineTune(ImportedGraph imported) {
    Splits data =
        Splits.of(new DigitsDataset("train", 42, 3000), new DigitsDataset("validation", 42, 500));
    return Trainer.on(Backends.get("onnx"))
        .weights(imported.weights())
        // Names of outputs are those of the file.
        .objectives(new Objective("scores", Loss.softmaxCrossEntropy(), 1))
        .metrics(new Accuracy("scores"))
        .optimizer(Adam.of(0.002))
        .epochs(3)
        .fit(imported.graph(), data);
  }

  /** The share of samples whose most probable class is the right one. */
  static double accuracy(ImageClassifier classifier, Dataset data) {
    List<Image> images = new ArrayList<>();
    for (int i = 0; i < data.size(); i++) {
      images.add(image(data, i));
    }
    List<Classification> predictions = classifier.predictAll(images);
    long[] ids = data.classIds();
    int right = 0;
    for (int i = 0; i < ids.length; i++) {
      right += predictions.get(i).best().id() == ids[i] ? 1 : 0;
    }
    return (double) right / ids.length;
  }

  private static Image image(Dataset data, int index) {
    float[] values = data.batch(new int[] {index}).input().toFloats();
    byte[] pixels = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      pixels[i] = (byte) Math.round(255 * values[i]);
    }
    return Image.of(28, 28, 1, pixels);
  }
}
