package dev.trifocal.explain;

import static dev.trifocal.layer.Layer.batchNorm;
import static dev.trifocal.layer.Layer.conv;
import static dev.trifocal.layer.Layer.dense;
import static dev.trifocal.layer.Layer.dropout;
import static dev.trifocal.layer.Layer.flatten;
import static dev.trifocal.layer.Layer.globalAvgPool;
import static dev.trifocal.layer.Layer.logSoftmax;
import static dev.trifocal.layer.Layer.maxPool;
import static dev.trifocal.layer.Layer.relu;
import static dev.trifocal.layer.Layer.sigmoid;
import static dev.trifocal.layer.Layer.softmax;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.trifocal.backend.Backend;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Logits;
import dev.trifocal.image.Image;
import dev.trifocal.image.ImagePreprocessor;
import dev.trifocal.image.Preprocessing;
import dev.trifocal.layer.Layer;
import dev.trifocal.random.RandomStream;
import dev.trifocal.selection.Backends;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Explanations of a classifier's scores")
class ExplanationsTest {
  private static final Shape SAMPLE = Shape.of(3, 20, 28);

  /** The last maps of 10x14 are those of the second activation. */
  private static final Graph NET =
      Graph.build(
          "net",
          SAMPLE,
          x ->
              x.then("conv1", conv(6, 3).padding(1))
                  .then("norm", batchNorm())
                  .then("relu1", relu())
                  .then("pool", maxPool(2))
                  .then("conv2", conv(8, 3).padding(1))
                  .then("relu2", relu())
                  .then("pool2", maxPool(2))
                  .then(flatten())
                  .then(dropout(0.5))
                  .then("head", dense(4))
                  .then(softmax()));

  /** A network whose gradient is twice its input. */
  private static final Graph POWERS =
      Graph.build("powers", SAMPLE, x -> x.then(flatten()).square().then("head", dense(3)));

  private static final Backend BACKEND = Backends.get("onnx");

  private static final Tensor IMAGE = image(SAMPLE.batch(1));

  private static Tensor image(Shape batch) {
    RandomStream random = RandomStream.of(5).at("image");
    return Tensor.floats(
        batch,
        buffer -> {
          for (int i = 0; i < buffer.capacity(); i++) {
            buffer.put(i, random.uniform(i) - 0.3f);
          }
        });
  }

  private static ExplainedClassifier of(Graph graph) {
    return ExplainedClassifier.of(
        logits(graph), graph.initialWeights(3), BACKEND, RunOptions.DEFAULT);
  }

  private static Logits logits(Graph graph) {
    return Logits.unnormalised(graph, Graph.OUTPUT);
  }

  @Test
  void the_default_layer_is_the_last_of_the_size_of_the_last_convolution() {
    try (ExplainedClassifier classifier = of(NET)) {
      assertThat(classifier.lastMaps()).contains("relu2");
      assertThat(ExplanationMethod.gradCam().explain(classifier, IMAGE, 1).values().shape())
          .isEqualTo(Shape.of(10, 14));
    }
  }

  @Test
  void a_convolution_of_one_pixel_is_not_the_default_layer() {
    Graph graph =
        Graph.build(
            "convolutional",
            SAMPLE,
            x ->
                x.then("conv", conv(6, 3))
                    .then("pool", globalAvgPool())
                    .then("scores", conv(4, 1))
                    .then(flatten()));
    try (ExplainedClassifier classifier = of(graph)) {
      assertThat(classifier.lastMaps()).contains("conv");
    }
  }

  @Test
  void integrated_gradients_add_up_to_the_difference_of_the_scores() {
    try (ExplainedClassifier classifier = of(NET)) {
      HeatMap map = new IntegratedGradients(300).explain(classifier, IMAGE, 2);
      double sum = 0;
      for (float value : map.values().toFloats()) {
        sum += value;
      }
      Tensor nothing = Tensor.floats(SAMPLE.batch(1), buffer -> {});
      double difference = classifier.scores(IMAGE, 2)[0] - classifier.scores(nothing, 2)[0];
      assertThat(sum).isCloseTo(difference, within(0.01 * Math.abs(difference)));
    }
  }

  @Test
  void the_score_does_not_depend_on_how_the_network_normalises_it() {
    Graph bare = NET.upTo("head");
    HeatMap expected;
    try (ExplainedClassifier classifier = of(bare)) {
      expected = ExplanationMethod.integratedGradients().explain(classifier, IMAGE, 2);
    }
    for (Layer end : List.of(softmax(), logSoftmax(), sigmoid())) {
      try (ExplainedClassifier classifier = of(bare.withHead("head", head -> head.then(end)))) {
        assertThat(ExplanationMethod.integratedGradients().explain(classifier, IMAGE, 2))
            .isEqualTo(expected);
      }
    }
  }

  @Test
  void a_gradient_that_is_not_finite_is_refused_and_forgotten() {
    Tensor infinite =
        Tensor.floats(SAMPLE.batch(1), buffer -> buffer.put(0, Float.POSITIVE_INFINITY));
    try (ExplainedClassifier classifier = of(POWERS)) {
      HeatMap before = ExplanationMethod.integratedGradients().explain(classifier, IMAGE, 1);
      assertThatThrownBy(
              () -> ExplanationMethod.integratedGradients().explain(classifier, infinite, 1))
          .hasMessage("powers: the gradient of the score of class 1 at input is not finite");
      assertThat(ExplanationMethod.integratedGradients().explain(classifier, IMAGE, 1))
          .isEqualTo(before);
    }
  }

  @Test
  void a_closed_classifier_stays_closed() {
    ExplainedClassifier classifier = of(NET);
    classifier.close();
    assertThatThrownBy(() -> classifier.scores(IMAGE, 0))
        .hasMessage("net: the classifier is closed");
    assertThatThrownBy(() -> classifier.gradient("relu2", IMAGE, 0))
        .hasMessage("net: the classifier is closed");
  }

  @Test
  void a_second_image_is_explained_as_by_a_new_classifier() {
    Tensor other = image(SAMPLE.batch(2)).row(1).reshape(SAMPLE.batch(1));
    try (ExplainedClassifier used = of(NET);
        ExplainedClassifier fresh = of(NET)) {
      ExplanationMethod.gradCam().explain(used, IMAGE, 1);
      assertThat(ExplanationMethod.gradCam().explain(used, other, 3))
          .isEqualTo(ExplanationMethod.gradCam().explain(fresh, other, 3));
    }
  }

  @Test
  void occlusion_shows_where_the_score_comes_from() {
    Graph graph =
        Graph.build("corner", Shape.of(1, 9, 9), x -> x.then("conv", conv(2, 9)).then(flatten()));
    Tensor kernel =
        Tensor.floats(
            Shape.of(2, 1, 9, 9),
            // The first class adds up four pixels at the lower right.
            buffer -> {
              for (int place : new int[] {7 * 9 + 7, 7 * 9 + 8, 8 * 9 + 7, 8 * 9 + 8}) {
                buffer.put(place, 1);
              }
            });
    Tensor ones =
        Tensor.floats(
            Shape.of(1, 1, 9, 9),
            buffer -> {
              while (buffer.hasRemaining()) {
                buffer.put(1);
              }
            });
    try (ExplainedClassifier classifier =
        ExplainedClassifier.of(
            Logits.of(graph),
            graph.initialWeights(0).with(Map.of("conv.weight", kernel)),
            BACKEND,
            RunOptions.DEFAULT)) {
      Tensor map = new Occlusion(3, 3).explain(classifier, ones, 0).values();
      assertThat(map.get(8, 8)).isCloseTo(4, within(1e-5f));
      assertThat(map.get(0, 8)).isCloseTo(0, within(1e-5f));
      assertThat(map.get(8, 0)).isCloseTo(0, within(1e-5f));
    }
  }

  @Test
  void a_single_logit_speaks_for_the_second_class_and_against_the_first() {
    Graph graph =
        Graph.build(
            "binary",
            SAMPLE,
            x -> x.then("conv", conv(6, 3)).then(flatten()).then("head", dense(1)));
    try (ExplainedClassifier classifier = of(graph)) {
      assertThat(classifier.classes()).isEqualTo(2);
      assertThat(classifier.scores(IMAGE, 0)[0]).isEqualTo(-classifier.scores(IMAGE, 1)[0]);
      float[] against =
          new IntegratedGradients(2).explain(classifier, IMAGE, 0).values().toFloats();
      float[] by = new IntegratedGradients(2).explain(classifier, IMAGE, 1).values().toFloats();
      for (int i = 0; i < by.length; i++) {
        assertThat(against[i]).isEqualTo(-by[i]);
      }
    }
  }

  @Test
  void what_cannot_be_explained_is_refused() {
    try (ExplainedClassifier classifier = of(NET)) {
      assertThatThrownBy(() -> ExplanationMethod.gradCam().explain(classifier, IMAGE, 4))
          .isInstanceOf(ConfigurationException.class)
          .hasMessage("net has 4 classes, from 0 to 3, but class 4 is to be explained");
      assertThatThrownBy(() -> new GradCam(Optional.of("head")).explain(classifier, IMAGE, 0))
          .hasMessageContaining("head has the shape [4]");
      assertThatThrownBy(() -> new GradCam(Optional.of("tail")).explain(classifier, IMAGE, 0))
          .hasMessageContaining("there is no node at tail");
    }
    Graph flat = Graph.build("flat", SAMPLE, x -> x.then(flatten()).then("head", dense(3)));
    try (ExplainedClassifier classifier = of(flat)) {
      assertThatThrownBy(() -> ExplanationMethod.gradCam().explain(classifier, IMAGE, 0))
          .hasMessageContaining("flat has no convolution with rows and columns");
    }
    Graph scoreless = Graph.build("scoreless", SAMPLE, x -> x.then("conv", conv(6, 3)));
    assertThatThrownBy(() -> of(scoreless)).hasMessageContaining("one score per class");
    assertThatThrownBy(() -> new Occlusion(2, 3)).hasMessageContaining("window 2 and stride 3");
    assertThatThrownBy(() -> new IntegratedGradients(0)).hasMessageContaining("at least 1 step");
  }

  @Test
  void a_heat_map_colours_what_adds_to_the_score() {
    Image gray = Image.of(4, 4, 1, new byte[16]);
    HeatMap map = HeatMap.of(2, 2, -1, 0, 0, 2);
    Image picture = map.over(gray);
    assertThat(picture.channels()).isEqualTo(3);
    assertThat(picture.at(0, 0, 0)).isZero();
    assertThat(picture.at(3, 3, 0)).isGreaterThan(140);
  }

  @Test
  void a_picture_shows_what_the_network_reads() {
    Preprocessing cropped = Preprocessing.UNIT.shorterSide(24);
    ImagePreprocessor preprocessor = new ImagePreprocessor(cropped, Shape.of(3, 20, 20));
    assertThatThrownBy(() -> Explanations.of(of(NET), preprocessor))
        .hasMessage(
            "net takes images of the shape [3, 20, 28], but the preprocessing gives [3, 20, 20]");
    Graph square =
        Graph.build("square", preprocessor.sample(), x -> x.then(flatten()).then(dense(2)));
    try (Explanations explanations = Explanations.of(of(square), preprocessor)) {
      Image small = explanations.seen(Image.of(30, 50, 3, new byte[30 * 50 * 3]));
      assertThat(small.height()).isEqualTo(20);
      Image large = explanations.seen(Image.of(300, 500, 3, new byte[300 * 500 * 3]));
      assertThat(large.height()).isEqualTo(300);
      assertThat(large.width()).isEqualTo(300);
    }
  }
}
