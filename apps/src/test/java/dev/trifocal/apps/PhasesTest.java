package dev.trifocal.apps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.apps.report.TransferPhases;
import dev.trifocal.trainer.EpochRecord;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PhasesTest {
  private static EpochRecord epoch(int number, Map<String, Double> metrics) {
    return new EpochRecord(number, metrics, 0.1, 1);
  }

  @Test
  void the_best_epoch_has_the_highest_accuracy() {
    String table =
        TransferPhases.table(
                List.of(
                    epoch(1, Map.of("val_loss", 0.1, "val_accuracy", 0.5)),
                    epoch(2, Map.of("val_loss", 0.2, "val_accuracy", 0.7)),
                    epoch(3, Map.of("val_loss", 0.3, "val_accuracy", 0.7))),
                3)
            .toString();
    assertThat(table).containsPattern("base frozen +3 +2 +0.200000 +0.700000");
  }

  @Test
  void where_nobody_measured_accuracy_it_has_the_lowest_loss() {
    String table =
        TransferPhases.table(
                List.of(
                    epoch(1, Map.of("val_loss", 0.3, "val_f1", 0.5)),
                    epoch(2, Map.of("val_loss", 0.2, "val_f1", 0.4))),
                1)
            .toString();
    assertThat(table)
        .containsPattern("base frozen +1 +1 +0.300000")
        .containsPattern("fine-tuning +1 +2 +0.200000")
        .doesNotContain("accuracy");
  }
}
