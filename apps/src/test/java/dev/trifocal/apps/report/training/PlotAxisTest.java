package dev.trifocal.apps.report.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An axis")
class PlotAxisTest {
  @Test
  void hasRoundMarksAroundItsNumbers() {
    PlotAxis axis = PlotAxis.over(0.613, 1);
    assertThat(axis.marks().mapToObj(axis::label))
        .containsExactly("0.6", "0.7", "0.8", "0.9", "1.0");
    assertThat(axis.share(0.6)).isCloseTo(0, within(1e-12));
  }

  @Test
  void hasRoomForNumbersThatAreAllAlike() {
    PlotAxis axis = PlotAxis.over(1, 1);
    assertThat(axis.high()).isGreaterThan(axis.low());
    assertThat(axis.marks().count()).isLessThan(10);
  }

  @Test
  void marksWholeEpochs() {
    PlotAxis one = PlotAxis.epochs(1, 1);
    assertThat(one.marks().mapToObj(one::label)).containsExactly("1");
    PlotAxis many = PlotAxis.epochs(1, 100);
    assertThat(many.marks().mapToObj(many::label)).containsExactly("20", "40", "60", "80", "100");
  }
}
