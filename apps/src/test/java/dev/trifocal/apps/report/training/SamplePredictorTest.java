package dev.trifocal.apps.report.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.trifocal.backend.Program;
import dev.trifocal.data.Batch;
import dev.trifocal.data.Dataset;
import dev.trifocal.error.DataException;
import dev.trifocal.graph.Graph;
import dev.trifocal.image.Image;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Predicted pictures")
class SamplePredictorTest {
  /** Sample i is one pixel of value i / 100 and of class i % 2. */
  private record Pixels(int size, List<String> classes) implements Dataset {
    @Override
    public String name() {
      return "pixels";
    }

    @Override
    public Map<String, Shape> inputShapes() {
      return Map.of(Batch.INPUT, Shape.of(1, 1, 1));
    }

    @Override
    public Batch batch(int[] indices) {
      return Batch.of(
          Tensor.floats(
              sampleShape().batch(indices.length),
              buffer -> IntStream.of(indices).forEach(i -> buffer.put(i / 100f))),
          Tensor.of(
              Shape.of(indices.length), IntStream.of(indices).mapToLong(i -> i % 2).toArray()));
    }

    @Override
    public String digest() {
      return "none";
    }
  }

  /** Takes everything for class 0, with logits 100 x and 0. */
  private static final class Zero implements Program {
    @Override
    public Map<String, Tensor> run(Map<String, Tensor> inputs) {
      float[] values = inputs.get("image").toFloats();
      return Map.of(
          Graph.OUTPUT,
          Tensor.floats(
              Shape.of(values.length, 2),
              buffer -> {
                for (float value : values) {
                  buffer.put(100 * value).put(0);
                }
              }));
    }

    @Override
    public void close() {}
  }

  private static final List<String> CLASSES = List.of("even", "odd");

  @Test
  void holdEveryAnswerAgainstItsLabel() {
    Dataset data = new Pixels(7, CLASSES);
    Predictions made = of(data, 3, 100);
    assertThat(made.confusion().count(0, 0)).isEqualTo(4);
    assertThat(made.confusion().count(1, 0)).isEqualTo(3);
    assertThat(made.wrong()).extracting(PredictedImage::name).containsExactly("#5", "#3", "#1");
    assertThat(made.right())
        .extracting(PredictedImage::name)
        .containsExactly("#0", "#2", "#4", "#6");
    assertThat(made.wrong().get(0).confidence()).isEqualTo(1 / (1 + Math.exp(-5)), within(1e-6));
    assertThat(made.wrong().get(0).image().at(0, 0, 0)).isEqualTo(Math.round(255 * 0.05f));
  }

  @Test
  void areSpreadOverDataThatIsLarge() {
    Predictions made = of(new Pixels(100, CLASSES), 8, 10);
    assertThat(made.confusion().samples()).isEqualTo(10);
    assertThat(made.right()).extracting(PredictedImage::name).startsWith("#0", "#10", "#20");
  }

  @Test
  void needAsManyClassesAsTheModelTellsApart() {
    Dataset data = new Pixels(4, List.of("a", "b", "c"));
    assertThatThrownBy(() -> of(data, 4, 4))
        .isInstanceOf(DataException.class)
        .hasMessage("pixels has 3 classes, but the model outputs [2]");
  }

  @Test
  void areStretchedWhereValuesLeaveTheUnitRange() {
    Tensor values = Tensor.floats(Shape.of(1, 1, 2, 2), b -> b.put(-1).put(1).put(3).put(0));
    Dataset data =
        new Dataset() {
          @Override
          public String name() {
            return "four";
          }

          @Override
          public int size() {
            return 1;
          }

          @Override
          public Map<String, Shape> inputShapes() {
            return Map.of(Batch.INPUT, Shape.of(1, 2, 2));
          }

          @Override
          public List<String> classes() {
            return List.of();
          }

          @Override
          public Batch batch(int[] indices) {
            return Batch.of(values, Tensor.of(Shape.of(1), new long[1]));
          }

          @Override
          public String digest() {
            return "none";
          }
        };
    Image image = SampleDisplay.tensors(data).image(0);
    assertThat(image.toBytes()).containsExactly(0, 128, 255, 64);
  }

  @Test
  void explainsThePredictedClassAndTheActualOneIfItIsAnother() {
    Dataset data = new Pixels(40, List.of("zero", "one"));
    Image picture = SampleDisplay.tensors(data).image(0);
    Predictions predictions =
        new SamplePredictor("image", 32, 100)
            .of(
                new Zero(),
                data,
                "test",
                SampleDisplay.tensors(data),
                (index, labels) ->
                    labels.stream().map(label -> new ClassMap(label, picture)).toList());
    // Class 0 is always predicted.
    assertThat(predictions.wrong())
        .isNotEmpty()
        .allSatisfy(
            image ->
                assertThat(image.maps())
                    .extracting(ClassMap::label)
                    .containsExactly(0, image.label()));
    assertThat(predictions.right())
        .isNotEmpty()
        .allSatisfy(
            image -> assertThat(image.maps()).extracting(ClassMap::label).containsExactly(0));
  }

  private static Predictions of(Dataset data, int batchSize, int limit) {
    return new SamplePredictor("image", batchSize, limit)
        .of(new Zero(), data, "test", SampleDisplay.tensors(data), SampleExplainer.NONE);
  }
}
