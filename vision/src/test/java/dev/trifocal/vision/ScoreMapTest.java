package dev.trifocal.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.trifocal.error.DataException;
import dev.trifocal.explain.HeatMap;
import dev.trifocal.image.Image;
import dev.trifocal.layer.Size2d;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class ScoreMapTest {
  private static final List<String> CLASSES = List.of("sky", "road", "tree");

  /** Two rows of three positions, each 4 pixels from the next, of windows of 8 pixels. */
  private static final ScoreMap MAP =
      new ScoreMap(
          Image.of(12, 16, 1, new byte[12 * 16]),
          List.of(
              position(0.8, 0.1, 0.1),
              position(0.5, 0.2, 0.3),
              position(0.1, 0.3, 0.6),
              position(0.2, 0.8, 0),
              position(0.4, 0.5, 0.1),
              position(0.1, 0.9, 0)),
          2,
          Size2d.square(8),
          Size2d.square(4));

  @Test
  void positionsAreInRows() {
    assertThat(MAP.columns()).isEqualTo(3);
    assertThat(MAP.at(0, 2).best().name()).isEqualTo("tree");
    assertThat(MAP.at(1, 0).best().name()).isEqualTo("road");
    assertThat(MAP.probabilities(2)).containsExactly(0.1, 0.3, 0.6, 0, 0.1, 0);
  }

  @Test
  void classesHaveTheirHighestProbabilityAndTheirShare() {
    assertThat(MAP.classes())
        .containsExactly(
            new Prediction(1, "road", 0.9),
            new Prediction(0, "sky", 0.8),
            new Prediction(2, "tree", 0.6));
    assertThat(MAP.share(1)).isEqualTo(0.5);
    assertThat(MAP.share(2)).isCloseTo(1 / 6.0, within(1e-9));
    assertThatThrownBy(() -> MAP.probabilities(3))
        .isInstanceOf(DataException.class)
        .hasMessage("there is no class 3");
  }

  @Test
  void classesThatAreTheMostLikelyAtMorePositionsComeFirst() {
    ScoreMap map =
        new ScoreMap(
            Image.of(8, 16, 1, new byte[8 * 16]),
            List.of(position(0.5, 0.3, 0.2), position(0.5, 0.4, 0.1), position(0.1, 0.9, 0)),
            1,
            Size2d.square(8),
            Size2d.square(4));
    assertThat(map.classes()).extracting(Prediction::name).containsExactly("sky", "road", "tree");
  }

  @Test
  void heatMapsHaveAPositionsProbabilityInTheMiddleOfItsWindow() {
    HeatMap heat = MAP.heatMap(0);
    assertThat(heat.values().shape().sizes()).containsExactly(12, 16);
    // The middle of the first window lies between pixels 3 and 4, that of the next 4 pixels on.
    assertThat(mean(heat, 3, 4, 3, 4)).isCloseTo(0.8, within(0.08));
    assertThat(mean(heat, 3, 4, 7, 8)).isCloseTo(0.5, within(0.08));
    assertThat(heat.values().get(11, 15)).as("beyond the last middle").isEqualTo(0.1f);
    assertThat(heat.values().get(0, 0)).as("before the first middle").isEqualTo(0.8f);
    assertThat(mean(heat, 3, 4, 5, 6)).as("half-way").isCloseTo(0.65, within(0.04));
  }

  /** Maps of classes are compared, so half a probability is not as light as a whole one. */
  @Test
  void aPictureIsAsLightAsTheProbabilityIsHigh() {
    Image picture = MAP.image();
    HeatMap road = MAP.heatMap(1);
    assertThat(road.over(picture, 1).at(11, 15, 1)).isLessThan(road.over(picture).at(11, 15, 1));
    assertThat(road.over(picture, road.max()).toBytes()).isEqualTo(road.over(picture).toBytes());
    assertThat(road.over(picture, 0.1).at(11, 15, 1)).as("beyond the brightest").isPositive();
  }

  private static double mean(HeatMap heat, int top, int bottom, int left, int right) {
    return DoubleStream.of(
            heat.values().get(top, left),
            heat.values().get(top, right),
            heat.values().get(bottom, left),
            heat.values().get(bottom, right))
        .average()
        .orElseThrow();
  }

  private static Classification position(double... probabilities) {
    return Classification.of(probabilities, CLASSES);
  }
}
