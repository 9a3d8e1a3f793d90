package dev.trifocal.documentation;

import dev.trifocal.backend.Backend;
import dev.trifocal.data.Splits;
import dev.trifocal.datasets.folder.ImageFolder;
import dev.trifocal.datasets.folder.ImageOptions;
import dev.trifocal.image.ImagePreprocessor;
import dev.trifocal.image.Preprocessing;
import dev.trifocal.onnx.OnnxExporter;
import dev.trifocal.onnx.importer.ImportOptions;
import dev.trifocal.onnx.importer.ImportedGraph;
import dev.trifocal.onnx.importer.OnnxImporter;
import dev.trifocal.shape.Shape;
import dev.trifocal.train.Adam;
import dev.trifocal.train.SoftmaxCrossEntropy;
import dev.trifocal.train.TrainingPlan;
import dev.trifocal.trainer.TrainingResult;
import dev.trifocal.trainer.TrainingState;
import dev.trifocal.transfer.TransferPlan;
import dev.trifocal.transfer.TransferTrainer;
import dev.trifocal.transfer.Unfreezing;
import java.nio.file.Path;
import java.util.List;

/** The README's sample of transfer learning, compiled and run. */
final class TransferSample {
  private TransferSample() {}

  // sample: begin
  static double transfer(Path base, Path images, Backend backend, Path result) {
    ImportedGraph model = OnnxImporter.read(base, ImportOptions.DEFAULT).orThrow();
    Shape image = model.graph().inputs().get(0).shape();
    ImagePreprocessor preprocessor = new ImagePreprocessor(Preprocessing.SYMMETRIC, image);
    Splits data = ImageFolder.scan(images).splits(ImageOptions.of(preprocessor), 42);
    List<String> classes = data.train().classes();
    TransferPlan plan =
        TransferPlan.of(TrainingPlan.of(new SoftmaxCrossEntropy(), Adam.of(0.001)))
            .frozenEpochs(10)
            .fineTune(3, new Unfreezing.Last(6));
    TrainingState start = TransferTrainer.start(model.graph(), model.weights(), plan, classes, 42);
    TrainingResult trained = new TransferTrainer(backend).fit(start, data, plan, 32);
    OnnxExporter.write(result, trained.best());
    return trained.best().progress().bestValue();
  }
  // sample: end
}
