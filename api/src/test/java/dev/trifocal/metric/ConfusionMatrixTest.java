package dev.trifocal.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.trifocal.error.DataException;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A confusion matrix")
class ConfusionMatrixTest {
  private static final Offset<Double> ROUNDING = within(1e-12);

  /** The example of scikit-learn's confusion_matrix, with a class that does not occur. */
  private final ConfusionMatrix matrix =
      ConfusionMatrix.of(4, new int[] {2, 0, 2, 2, 0, 1}, new int[] {0, 0, 2, 2, 0, 2});

  @Test
  void countsLabelsInRowsAndPredictionsInColumns() {
    long[][] expected = {{2, 0, 0, 0}, {0, 0, 1, 0}, {1, 0, 2, 0}, {0, 0, 0, 0}};
    for (int label = 0; label < 4; label++) {
      for (int taken = 0; taken < 4; taken++) {
        assertThat(matrix.count(label, taken)).isEqualTo(expected[label][taken]);
      }
    }
    assertThat(matrix.samples()).isEqualTo(6);
    assertThat(matrix.hits()).isEqualTo(4);
    assertThat(matrix.accuracy()).isEqualTo(4.0 / 6, ROUNDING);
  }

  @Test
  void scoresEachClass() {
    expect(matrix.score(0), 2.0 / 3, 1, 0.8, 2);
    expect(matrix.score(2), 2.0 / 3, 2.0 / 3, 2.0 / 3, 3);
  }

  @Test
  void scoresZeroWhereNothingWasTakenOrIsThere() {
    expect(matrix.score(1), 0, 0, 0, 1);
    expect(matrix.score(3), 0, 0, 0, 0);
  }

  @Test
  void averagesOverTheClassesThatOccur() {
    expect(matrix.macro(), 4.0 / 9, 5.0 / 9, (0.8 + 2.0 / 3) / 3, 6);
  }

  @Test
  void averagesByTheSamplesOfAClass() {
    expect(matrix.weighted(), (2 * 2.0 / 3 + 3 * 2.0 / 3) / 6, 4.0 / 6, (1.6 + 2) / 6, 6);
  }

  @Test
  void refusesWhatIsNoClass() {
    assertThatThrownBy(() -> ConfusionMatrix.of(2, new int[] {2}, new int[] {0}))
        .isInstanceOf(DataException.class)
        .hasMessage("2 is not the id of one of 2 classes");
    assertThatThrownBy(() -> ConfusionMatrix.of(2, new int[] {1}, new int[] {}))
        .hasMessage("there are 1 labels for 0 predictions");
  }

  private static void expect(
      ClassScore score, double precision, double recall, double f1, long support) {
    assertThat(score.precision()).isEqualTo(precision, ROUNDING);
    assertThat(score.recall()).isEqualTo(recall, ROUNDING);
    assertThat(score.f1()).isEqualTo(f1, ROUNDING);
    assertThat(score.support()).isEqualTo(support);
  }
}
