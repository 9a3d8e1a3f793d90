package dev.trifocal.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.trifocal.backend.Program;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.error.DataException;
import dev.trifocal.graph.Quantisation;
import dev.trifocal.graph.ScoreOutput;
import dev.trifocal.image.Image;
import dev.trifocal.image.Preprocessing;
import dev.trifocal.layer.ScoreKind;
import dev.trifocal.onnx.importer.FileValue;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What becomes of the numbers that a program gives. */
class ImageClassifierScoresTest {
  private static final float[] SHARES = {0.2f, 0.7f, 0.1f};
  private static final Shape IMAGE = Shape.of(3, 4, 5);

  @Test
  void logits_go_through_softmax() {
    assertThat(answer(model(ScoreKind.LOGITS), SHARES).best().probability())
        .isCloseTo(0.464, within(1e-3));
  }

  @Test
  void probabilities_stay_as_they_are_the_likeliest_first() {
    assertThat(answer(model(ScoreKind.PROBABILITIES), SHARES).predictions())
        .extracting(Prediction::id, Prediction::name, Prediction::probability)
        .containsExactly(
            tuple(1, "bee", (double) 0.7f),
            tuple(0, "ant", (double) 0.2f),
            tuple(2, "cat", (double) 0.1f));
  }

  @Test
  void a_single_unit_tells_how_likely_the_second_class_is() {
    ClassifierModel sigmoid = two(ScoreKind.SIGMOID);
    assertThat(answer(sigmoid, 0.9f).predictions())
        .extracting(Prediction::name, Prediction::probability)
        .containsExactly(tuple("bee", (double) 0.9f), tuple("ant", 1 - (double) 0.9f));
    assertThat(answer(two(ScoreKind.LOGITS), -2).probability("ant"))
        .isCloseTo(1 / (1 + Math.exp(-2)), within(1e-12));
  }

  @Test
  void sigmoids_are_independent() {
    assertThat(answer(model(ScoreKind.SIGMOID), 0.2f, 0.9f, 0.8f).predictions())
        .extracting(Prediction::name, Prediction::probability)
        .containsExactly(
            tuple("bee", (double) 0.9f), tuple("cat", (double) 0.8f), tuple("ant", (double) 0.2f));
  }

  @Test
  void logits_of_independent_sigmoids_go_through_them_one_by_one() {
    ClassifierModel logits = model(ScoreKind.SIGMOID_LOGITS);
    Classification answer = answer(logits, -2, 3, 0.5f);
    assertThat(answer.probability("ant")).isCloseTo(1 / (1 + Math.exp(2)), within(1e-12));
    assertThat(answer.above(0.5)).extracting(Prediction::name).containsExactly("bee", "cat");
    assertThat(answer.above(0.99)).isEmpty();
    assertThat(logits.isMultiLabel()).isTrue();
    assertThat(model(ScoreKind.SIGMOID).isMultiLabel()).isTrue();
    assertThat(model(ScoreKind.LOGITS).isMultiLabel()).isFalse();
  }

  @Test
  void rounded_probabilities_stay_as_they_are() {
    assertThat(answer(model(ScoreKind.PROBABILITIES), 0.25f, 0.75f, 1 / 256f).best().probability())
        .isEqualTo(0.75);
  }

  @Test
  void whole_numbers_stand_for_the_scores_that_they_were_rounded_from() {
    ScoreOutput logits =
        new ScoreOutput(
            "prob",
            Optional.empty(),
            ScoreKind.LOGITS,
            "prob",
            Optional.empty(),
            new Quantisation(0.5, 128));
    ClassifierModel net = model(ScoreKind.LOGITS);
    ClassifierModel rounded =
        new ClassifierModel(
            net.name(), net.inputs(), net.sample(), net.preprocessing(), net.classes(), logits);
    assertThat(answer(rounded, 126, 132, 128).predictions())
        .isEqualTo(answer(net, -1, 2, 0).predictions());
  }

  @Test
  void class_ids_come_without_probabilities() {
    ClassifierModel ids = model(ScoreKind.CLASS_IDS);
    assertThat(answer(ids, 2, 0).predictions())
        .extracting(Prediction::id, Prediction::name, Prediction::probability)
        .containsExactly(tuple(2, "cat", Double.NaN), tuple(0, "ant", Double.NaN));
  }

  @Test
  void text_and_maps_are_refused_by_the_name_of_the_output() {
    Program text =
        new Program() {
          @Override
          public Map<String, Tensor> run(Map<String, Tensor> inputs) {
            return Map.of();
          }

          @Override
          public void close() {}
        };
    assertThatThrownBy(() -> ImageClassifier.of(model(ScoreKind.LOGITS), text).predict(twoTone()))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "net does not classify: its output 'prob' holds text, a map or a sequence instead of"
                + " numbers; export the model without its last step (zipmap=False in skl2onnx), or"
                + " choose another output");
  }

  @Test
  void a_file_may_read_the_colours_of_a_pixel_together() {
    List<Tensor> given = new ArrayList<>();
    ClassifierModel last = model(Optional.of(Shape.of(4, 5, 3)), ScoreKind.PROBABILITIES);
    ImageClassifier.of(
            last,
            program(
                images -> {
                  given.add(images);
                  return Tensor.of(Shape.of(1, 3), SHARES);
                }))
        .predict(twoTone());
    assertThat(given.get(0).shape()).isEqualTo(Shape.of(1, 4, 5, 3));
    assertThat(given.get(0).toFloats()).startsWith(1, 0, 0.2f, 1, 0, 0.2f);
  }

  @Test
  void images_are_run_in_batches_and_answered_in_their_order() {
    List<Integer> batches = new ArrayList<>();
    ImageClassifier classifier =
        ImageClassifier.of(
            model(ScoreKind.LOGITS),
            program(
                images -> {
                  batches.add(images.shape().size(0));
                  // The first class is the likelier, the more red there is.
                  return Tensor.concat(
                      1,
                      List.of(images.slice(1, 0, 3).reshape(-1, 60).slice(1, 0, 1), zeros(images)));
                }));
    List<Image> images = new ArrayList<>(Collections.nCopies(40, twoTone()));
    images.set(35, twoTone().invert());
    List<Classification> answers = classifier.predictAll(images);
    assertThat(batches).containsExactly(32, 8);
    assertThat(answers).hasSize(40);
    assertThat(answers.get(34).best().name()).isEqualTo("ant");
    assertThat(answers.get(35).probability("ant")).isCloseTo(1 / 3.0, within(1e-6));
    assertThat(classifier.predictAll(List.of())).isEmpty();
  }

  @Test
  void there_must_be_one_score_per_class() {
    ClassifierModel model = model(ScoreKind.LOGITS);
    assertThatThrownBy(
            () ->
                ImageClassifier.of(
                        model, program(i -> Tensor.of(Shape.of(1, 3, 1, 2), new float[6])))
                    .predict(twoTone()))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "net does not classify: its output is [3, 1, 2]; for scores at each position, use 'trifocal predict --map', in Java FullyConvolutionalClassifier");
    assertThatThrownBy(() -> answer(model, 1, 2, 3, 4))
        .hasMessage("net has 4 classes, but 3 class names were given");
    assertThatThrownBy(() -> answer(model, SHARES, 2))
        .hasMessageStartingWith("net does not classify");
  }

  @Test
  void what_is_not_known_of_a_model_is_asked_for_before_its_program_is_opened() {
    assertThatThrownBy(
            () ->
                ImageClassifier.open(
                    new ClassifierLoader.Found(model(Optional.empty(), ScoreKind.LOGITS), null)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "net: input 'data' leaves its size open: [N, 3, H, W]; give the shape of one sample,"
                + " such as [3, 224, 224]");
    ClassifierModel silent =
        new ClassifierModel(
            "net",
            List.of(FileValue.of("data", IMAGE)),
            Optional.of(IMAGE),
            Optional.empty(),
            List.of(),
            scores(ScoreKind.LOGITS));
    assertThatThrownBy(() -> ImageClassifier.open(new ClassifierLoader.Found(silent, null)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "net does not say how its images are prepared; give its preprocessing, such as"
                + " Preprocessing.TORCHVISION");
  }

  @Test
  void classes_without_names_are_numbered() {
    Classification answer = Classification.of(new double[] {.25, .75}, List.of());
    assertThat(answer).hasToString("class 1 0.7500");
    assertThat(answer.top(5)).hasSize(2);
    assertThat(answer.top(1)).containsExactly(answer.best());
    assertThatThrownBy(() -> answer.probability("bee"))
        .isInstanceOf(DataException.class)
        .hasMessage("there is no class 'bee'; the classes are [class 1, class 0]");
  }

  private static Tensor zeros(Tensor images) {
    return Tensor.floats(Shape.of(images.shape().size(0), 2), target -> {});
  }

  private static ClassifierModel model(ScoreKind scores) {
    return model(Optional.of(IMAGE), scores);
  }

  private static ClassifierModel model(Optional<Shape> sample, ScoreKind scores) {
    return model(sample, scores, "ant", "bee", "cat");
  }

  private static ClassifierModel two(ScoreKind scores) {
    return model(Optional.of(IMAGE), scores, "ant", "bee");
  }

  private static ClassifierModel model(
      Optional<Shape> sample, ScoreKind scores, String... classes) {
    FileValue open =
        new FileValue("data", "data", "FLOAT", List.of("N", "3", "H", "W"), List.of(0, 1, 2));
    return new ClassifierModel(
        "net",
        List.of(open),
        sample,
        Optional.of(Preprocessing.UNIT),
        List.of(classes),
        scores(scores));
  }

  private static ScoreOutput scores(ScoreKind kind) {
    return new ScoreOutput("prob", Optional.empty(), kind, "prob", Optional.empty());
  }

  /** Red 1, green 0, blue 0.2. */
  private static Image twoTone() {
    byte[] values = new byte[60];
    for (int i = 0; i < values.length; i += 3) {
      values[i] = (byte) 255;
      values[i + 2] = 51;
    }
    return Image.of(4, 5, 3, values);
  }

  private static Classification answer(ClassifierModel model, float... scores) {
    return answer(model, scores, 1);
  }

  private static Classification answer(ClassifierModel model, float[] scores, int samples) {
    Tensor one = Tensor.of(Shape.of(1, scores.length), scores);
    Tensor all = Tensor.concat(0, Collections.nCopies(samples, one));
    return ImageClassifier.of(model, program(images -> all)).predict(twoTone());
  }

  private static Program program(Function<Tensor, Tensor> made) {
    return new Program() {
      @Override
      public Map<String, Tensor> run(Map<String, Tensor> inputs) {
        return Map.of("prob", made.apply(inputs.get("data")));
      }

      @Override
      public void close() {}
    };
  }
}
