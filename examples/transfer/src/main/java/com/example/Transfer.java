package com.example;

import dev.trifocal.backend.Backend;
import dev.trifocal.data.Splits;
import dev.trifocal.datasets.folder.ImageFolder;
import dev.trifocal.datasets.folder.ImageOptions;
import dev.trifocal.image.ImagePreprocessor;
import dev.trifocal.onnx.OnnxExporter;
import dev.trifocal.selection.Backends;
import dev.trifocal.train.Adam;
import dev.trifocal.train.Loss;
import dev.trifocal.train.TrainingPlan;
import dev.trifocal.trainer.TrainingResult;
import dev.trifocal.trainer.TrainingState;
import dev.trifocal.transfer.TransferPlan;
import dev.trifocal.transfer.TransferTrainer;
import dev.trifocal.transfer.Unfreezing;
import dev.trifocal.zoo.Pretrained;
import dev.trifocal.zoo.Zoo;
import java.nio.file.Path;

/** Fine-tunes a pretrained network on a folder with one folder of images per class. */
public final class Transfer {
  private Transfer() {}

  /**
   * @param args the file to write ({@code target/shapes.onnx} by default), the folder of images,
   *     and the network of the zoo whose published weights to start from; without the latter two,
   *     shapes drawn in code and a small network trained on digits stand in for them
   */
  public static void main(String[] args) {
    Backend backend = Backends.get("onnx");
    Path result = Path.of(args.length > 0 ? args[0] : "target/shapes.onnx");
    Path images = args.length > 1 ? Path.of(args[1]) : Shapes.draw(Path.of("target/shapes"));
    Pretrained base =
        args.length > 2 ? Zoo.find(args[2]).pretrained() : DigitsBase.pretrained(backend);

    TrainingResult trained = fineTune(base, images, backend);
    OnnxExporter.write(result, trained.best());
    System.out.println("val_accuracy " + trained.best().progress().bestValue());
    System.out.println("wrote " + result);
  }

  static TrainingResult fineTune(Pretrained base, Path images, Backend backend) {
    ImagePreprocessor preprocessor =
        new ImagePreprocessor(base.preprocessing(), base.graph().inputs().get(0).shape());
    Splits data = ImageFolder.scan(images).splits(ImageOptions.of(preprocessor), 42);

    // Train the new head for 10 epochs, then the head and the base's last layer for 3.
    TransferPlan plan =
        TransferPlan.of(TrainingPlan.of(Loss.softmaxCrossEntropy(), Adam.of(0.003)))
            .frozenEpochs(10)
            .fineTune(3, new Unfreezing.Last(1));
    TrainingState start =
        TransferTrainer.start(base.graph(), base.weights(), plan, data.train().classes(), 42);
    return new TransferTrainer(backend).fit(start, data, plan, 16);
  }
}
