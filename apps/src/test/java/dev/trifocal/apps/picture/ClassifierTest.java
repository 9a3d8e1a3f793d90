package dev.trifocal.apps.picture;

import static dev.trifocal.layer.Layer.dense;
import static dev.trifocal.layer.Layer.flatten;
import static dev.trifocal.layer.Layer.relu;
import static dev.trifocal.layer.Layer.softmax;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.trifocal.apps.model.ForeignModel;
import dev.trifocal.apps.model.NamedModel;
import dev.trifocal.apps.model.OpenModel;
import dev.trifocal.backend.Program;
import dev.trifocal.config.Settings;
import dev.trifocal.config.SettingsSources;
import dev.trifocal.error.DataException;
import dev.trifocal.graph.Graph;
import dev.trifocal.layer.Layer;
import dev.trifocal.onnx.importer.FileValue;
import dev.trifocal.onnx.importer.ModelFacts;
import dev.trifocal.onnx.importer.NotImported;
import dev.trifocal.picture.Picture;
import dev.trifocal.picture.Preprocessing;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.train.Sgd;
import dev.trifocal.train.SoftmaxCrossEntropy;
import dev.trifocal.train.TrainingPlan;
import dev.trifocal.trainer.TrainingState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A classifier")
class ClassifierTest {
  private static final Settings SETTINGS =
      new SettingsSources(Optional.empty(), Map.of(), Map.of()).read();
  private static final float[] SHARES = {0.2f, 0.7f, 0.1f};

  @Test
  void thatEndsInLogitsGetsItsSoftmaxHere() {
    Classifier classifier = new Classifier(graph(relu()), answer(Shape.of(1, 3), SHARES));
    assertThat(classifier.guesses(SHARES, 1).get(0).probability()).isCloseTo(0.464, within(1e-3));
  }

  @Test
  void thatEndsInProbabilitiesGetsNoSecondSoftmax() {
    Classifier classifier = new Classifier(graph(softmax()), answer(Shape.of(1, 3), SHARES));
    assertThat(classifier.guesses(SHARES, 3))
        .extracting(Guess::name, Guess::probability)
        .containsExactly(
            tuple("bee", (double) 0.7f), tuple("ant", (double) 0.2f), tuple("cat", (double) 0.1f));
  }

  @Test
  void whoseEndNobodyKnowsIsJudgedByItsNumbers() {
    Classifier classifier = new Classifier(file("3", "4", "5"), answer(Shape.of(1, 3), SHARES));
    assertThat(classifier.guesses(SHARES, 1).get(0).probability()).isEqualTo((double) 0.7f);
    assertThat(classifier.guesses(new float[] {0.2f, 0.7f, 0.3f}, 1).get(0).probability())
        .isCloseTo(0.4392, within(1e-3));
    assertThat(classifier.guesses(new float[] {-0.2f, 0.7f, 0.5f}, 1).get(0).probability())
        .isCloseTo(0.4494, within(1e-3));
  }

  @Test
  void ofAFileMayReadTheColoursOfAPixelTogether() {
    List<Tensor> given = new ArrayList<>();
    Program program =
        program(
            inputs -> {
              given.add(inputs.get("data"));
              return Tensor.of(Shape.of(1, 3), SHARES);
            });
    new Classifier(file("4", "5", "3"), program).scores(twoTone());
    assertThat(given.get(0).shape()).isEqualTo(Shape.of(1, 4, 5, 3));
    assertThat(given.get(0).toFloats()).startsWith(1, 0, 0.2f, 1, 0, 0.2f);
  }

  @Test
  void mustHaveOneScorePerClass() {
    Classifier maps = new Classifier(graph(relu()), answer(Shape.of(1, 3, 1, 2), new float[6]));
    assertThatThrownBy(() -> maps.scores(twoTone()))
        .isInstanceOf(DataException.class)
        .hasMessage("net does not classify: its output is [3, 1, 2]; use trifocal run");
    Classifier four = new Classifier(graph(relu()), answer(Shape.of(1, 4), new float[4]));
    assertThatThrownBy(() -> four.scores(twoTone()))
        .hasMessage("net tells 4 classes apart, but there are 3 names for them");
    assertThatThrownBy(() -> new Classifier(file("3", "H", "W"), answer(Shape.of(1, 3), SHARES)))
        .hasMessage(
            "net: input 'data' leaves its size open: [N, 3, H, W]; say which one to use, such as"
                + " 3x224x224 (--input)");
  }

  private static OpenModel graph(Layer end) {
    Graph graph =
        Graph.draw("net", Shape.of(3, 4, 5), v -> v.then(flatten()).then(dense(3)).then(end));
    TrainingState state =
        TrainingState.start(
            Checkpoint.start(graph, 1),
            TrainingPlan.of(new SoftmaxCrossEntropy(), Sgd.of(1)),
            List.of(),
            List.of("ant", "bee", "cat"));
    return new NamedModel(
        "net", state, SETTINGS, Optional.of(Preprocessing.UNIT), Optional.empty());
  }

  private static OpenModel file(String... sizes) {
    List<String> all = new ArrayList<>(List.of("N"));
    all.addAll(List.of(sizes));
    FileValue input = new FileValue("data", "data", "FLOAT", all, List.of(0, 1, 2));
    FileValue output = new FileValue("prob", "prob", "FLOAT", List.of("N", "3"), List.of(0));
    ModelFacts facts = new ModelFacts("net", "", 8, 17, List.of(input), List.of(output), Map.of());
    boolean open = !sizes[1].matches("\\d+");
    Shape sample = open ? Shape.of() : Shape.of(size(sizes[0]), size(sizes[1]), size(sizes[2]));
    return new ForeignModel(
        "net",
        Path.of("net.onnx"),
        new NotImported(List.of("no"), facts),
        SETTINGS,
        List.of(),
        Optional.of(Preprocessing.UNIT),
        open ? Optional.empty() : Optional.of(sample));
  }

  private static int size(String text) {
    return Integer.parseInt(text);
  }

  /** Red 1, green 0, blue 0.2. */
  private static Picture twoTone() {
    byte[] values = new byte[60];
    for (int i = 0; i < values.length; i += 3) {
      values[i] = (byte) 255;
      values[i + 2] = 51;
    }
    return Picture.of(4, 5, 3, values);
  }

  private static Program answer(Shape shape, float[] values) {
    return program(inputs -> Tensor.of(shape, values));
  }

  private static Program program(Function<Map<String, Tensor>, Tensor> made) {
    return new Program() {
      @Override
      public Map<String, Tensor> run(Map<String, Tensor> inputs) {
        Tensor output = made.apply(inputs);
        return Map.of("output", output, "prob", output);
      }

      @Override
      public void close() {}
    };
  }
}
