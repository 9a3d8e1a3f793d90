package dev.trifocal.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.trifocal.error.DataException;
import dev.trifocal.graph.Graph;
import dev.trifocal.image.Image;
import dev.trifocal.image.Preprocessing;
import dev.trifocal.layer.Layer;
import dev.trifocal.onnx.OnnxExporter;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.train.Adam;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.train.SoftmaxCrossEntropy;
import dev.trifocal.train.TrainingPlan;
import dev.trifocal.trainer.TrainingState;
import dev.trifocal.weights.Weights;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageSegmenterTest {
  private static final List<String> COLOURS = List.of("red", "green", "blue");

  /** The score of a class is its colour. */
  private static final Graph PIXELS =
      Graph.build("pixels", Shape.of(3, 4, 4), x -> x.then("conv", Layer.conv(3, 1).withoutBias()));

  private static final Weights IDENTITY =
      new Weights(
          Map.of("conv.weight", Tensor.of(Shape.of(3, 3, 1, 1), 1f, 0, 0, 0, 1, 0, 0, 0, 1)));

  @TempDir Path folder;

  @Test
  void each_pixel_has_the_class_with_the_highest_score_in_the_size_of_the_image() {
    Path file = folder.resolve("pixels.onnx");
    OnnxExporter.write(file, state(PIXELS, IDENTITY, COLOURS));
    try (ImageSegmenter segmenter = ImageSegmenter.load(file)) {
      Segmentation found = segmenter.predict(stripes(8, 12));
      assertThat(segmenter.classes()).isEqualTo(COLOURS);
      assertThat(found.mask().height()).isEqualTo(8);
      assertThat(found.mask().width()).isEqualTo(12);
      // Of four columns, the network sees one of each colour, and one between.
      assertThat(found.mask().at(0, 0, 0)).isEqualTo(0);
      assertThat(found.mask().at(7, 11, 0)).isEqualTo(2);
      double sum = found.share(0) + found.share(1) + found.share(2);
      assertThat(sum).isCloseTo(1, within(1e-9));
      assertThat(found.name(2)).isEqualTo("blue");
    }
  }

  @Test
  void a_classifier_of_images_is_refused() {
    Graph graph =
        Graph.build("whole", Shape.of(3, 4, 4), x -> x.then(Layer.flatten()).then(Layer.dense(3)));
    Path file = folder.resolve("whole.onnx");
    OnnxExporter.write(file, state(graph, graph.initialWeights(1), COLOURS));
    assertThatThrownBy(() -> ImageSegmenter.load(file))
        .isInstanceOf(DataException.class)
        .hasMessage(file + " does not score the classes of each pixel: its output is [3]");
  }

  private static TrainingState state(Graph graph, Weights weights, List<String> classes) {
    return TrainingState.start(
            Checkpoint.start(graph, weights, 1),
            TrainingPlan.of(new SoftmaxCrossEntropy(), Adam.of(0.1)),
            List.of(),
            classes)
        .preprocessing(Preprocessing.UNIT);
  }

  /** Red, green and blue side by side. */
  private static Image stripes(int height, int width) {
    byte[] values = new byte[height * width * 3];
    for (int pixel = 0; pixel < height * width; pixel++) {
      values[pixel * 3 + pixel % width * 3 / width] = (byte) 200;
    }
    return Image.of(height, width, 3, values);
  }
}
