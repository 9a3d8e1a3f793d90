package dev.trifocal.documentation;

import static dev.trifocal.layer.Layer.*;

import dev.trifocal.data.Splits;
import dev.trifocal.graph.*;
import dev.trifocal.onnx.OnnxExporter;
import dev.trifocal.selection.Backends;
import dev.trifocal.trainer.*;
import java.nio.file.Path;

/** The first sample of the README, compiled and run; there it is broken into lines more tightly. */
final class ReadmeSample {
  private ReadmeSample() {}

  // sample: begin
  static void trainAndExport(Splits data, Path file) {
    Graph network =
        Graph.build(
            "small",
            data.train().sampleShape(),
            Sequential.of(
                conv(16, 3).same(),
                relu(),
                maxPool(2),
                conv(32, 3).same(),
                relu(),
                maxPool(2),
                flatten(),
                dense(10)));
    TrainingResult result =
        Trainer.on(Backends.get("onnx")).epochs(3).batchSize(64).fit(network, data);
    OnnxExporter.write(file, result.best());
  }
  // sample: end
}
