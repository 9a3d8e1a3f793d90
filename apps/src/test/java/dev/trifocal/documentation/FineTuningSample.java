package dev.trifocal.documentation;

import static dev.trifocal.layer.Layer.dense;
import static dev.trifocal.layer.Layer.flatten;
import static dev.trifocal.layer.Layer.globalAvgPool;

import dev.trifocal.backend.Backend;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.data.Splits;
import dev.trifocal.graph.Graph;
import dev.trifocal.metric.Accuracy;
import dev.trifocal.onnx.OnnxExporter;
import dev.trifocal.onnx.importer.ImportOptions;
import dev.trifocal.onnx.importer.ImportedGraph;
import dev.trifocal.onnx.importer.OnnxImporter;
import dev.trifocal.train.Adam;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.train.SoftmaxCrossEntropy;
import dev.trifocal.train.TrainingPlan;
import dev.trifocal.trainer.FitOptions;
import dev.trifocal.trainer.MemoryCheckpoints;
import dev.trifocal.trainer.Trainer;
import dev.trifocal.trainer.TrainingListener;
import dev.trifocal.trainer.TrainingState;
import dev.trifocal.weights.Weights;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The README's sample of fine-tuning, compiled and run. */
interface FineTuningSample {
  // sample: begin
  static void fineTune(Path file, String features, Backend backend, Splits data, Path result) {
    ImportedGraph model = OnnxImporter.read(file, ImportOptions.DEFAULT).orThrow();
    int classes = data.train().classes().size();
    Graph graph =
        model
            .graph()
            .freeze()
            .withHead(
                features,
                map -> map.then(globalAvgPool()).then(flatten()).then("fc", dense(classes)));
    Weights first =
        graph.initialWeights(42).with(model.weights().fitting(graph.weightShapes()).tensors());
    TrainingPlan plan = TrainingPlan.of(new SoftmaxCrossEntropy(), Adam.of(0.001));
    TrainingState start =
        TrainingState.start(
            Checkpoint.start(graph, first, 42),
            plan,
            List.of(new Accuracy(Graph.OUTPUT)),
            data.train().classes());
    Weights best =
        new Trainer(backend, RunOptions.DEFAULT, new TrainingListener() {})
            .fit(start, data, FitOptions.of(3, 64), new MemoryCheckpoints(), () -> false)
            .best()
            .checkpoint()
            .weights();
    OnnxExporter.write(result, graph, best, Map.of());
  }
  // sample: end
}
