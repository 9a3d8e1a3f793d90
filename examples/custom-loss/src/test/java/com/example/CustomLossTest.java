package com.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trifocal.trainer.EpochRecord;
import dev.trifocal.trainer.RunDirectory;
import dev.trifocal.trainer.StopReason;
import dev.trifocal.trainer.TrainingState;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CustomLossTest {
  @Test
  void a_run_uses_and_saves_what_this_project_defines(@TempDir Path run) {
    CustomLoss.main(new String[] {run.toString()});

    TrainingState saved = RunDirectory.at(run).last();
    List<EpochRecord> history = saved.progress().history();
    EpochRecord last = history.get(history.size() - 1);
    assertTrue(history.size() < 20, "the callback stops the run early");
    assertTrue(last.validation().get("accuracy") >= 0.93);
    assertTrue(last.validation().get("margin") > history.get(0).validation().get("margin"));
    assertTrue(last.lr() < history.get(0).lr(), "the schedule lowers the learning rate");
    assertEquals(new ConfidencePenalty(0.1), saved.plan().objectives().get(0).loss());
    assertEquals(new PolynomialDecay(0.9), saved.plan().schedule());
    assertEquals(StopReason.STOPPED, CustomLoss.train(run).ending());
  }
}
