package dev.trifocal.apps;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("A run with metrics of its own choice")
class MetricsEndToEndTest {
  private static final String RUN = "runs/lenet5-digits-1";

  @TempDir static Path folder;
  private AppRun trained;

  @BeforeAll
  void train() {
    trained =
        AppRun.in(
            folder,
            "train",
            "--epochs",
            "1",
            "--threads",
            "1",
            "--metrics",
            "f1,top-2,precision,recall,auc");
  }

  @Test
  void hasThemInItsHistory() throws IOException {
    assertThat(trained.err()).isEmpty();
    assertThat(trained.exitCode()).isZero();
    JsonNode epoch =
        new JsonMapper().readTree(folder.resolve(RUN + "/history.json").toFile()).get(0);
    for (String name : new String[] {"f1", "top_2", "precision", "recall", "auc"}) {
      assertThat(epoch.get(name).doubleValue()).as(name).isBetween(0.0, 1.0);
      assertThat(epoch.get("val_" + name).doubleValue()).as(name).isBetween(0.0, 1.0);
    }
    assertThat(epoch.has("accuracy")).isFalse();
    assertThat(Files.readAllLines(folder.resolve(RUN + "/history.csv")).get(0))
        .isEqualTo(
            "epoch,loss,f1,top_2,precision,recall,auc,"
                + "val_loss,val_f1,val_top_2,val_precision,val_recall,val_auc,lr,seconds");
    assertThat(Files.readString(folder.resolve(RUN + "/trifocal.conf")))
        .contains("metrics = \"f1,top-2,precision,recall,auc\"");
  }

  @Test
  void isEvaluatedByThemToTheDigitsThatTrainingPrinted() {
    AppRun evaluated = AppRun.in(folder, "evaluate", RUN);
    assertThat(evaluated.exitCode()).isZero();
    assertThat(evaluated.out()).contains("f1", "auc");
    assertThat(trained.out()).contains(evaluated.out());
  }

  @Test
  void isEvaluatedByOthersWhereAFlagSaysSo() {
    AppRun evaluated = AppRun.in(folder, "evaluate", RUN, "--metrics", "accuracy,top-3");
    assertThat(evaluated.exitCode()).isZero();
    assertThat(evaluated.out()).contains("accuracy", "top_3").doesNotContain("f1", "auc");
  }

  @Test
  void doesNotGoOnWithOthers() {
    AppRun resumed =
        AppRun.in(folder, "train", "--resume", RUN, "--metrics", "accuracy", "--epochs", "2");
    assertThat(resumed.exitCode()).isEqualTo(2);
    assertThat(resumed.err())
        .contains("metrics was f1,top-2,precision,recall,auc and is now accuracy");
  }

  @Test
  void isNotBegunWithAWordThatIsNoMetric() {
    AppRun run = AppRun.in(folder, "train", "--metrics", "f1,acuracy", "--out", "none");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .contains(
            "--metrics is invalid: 'acuracy' is not a metric (did you mean accuracy?); use"
                + " accuracy, top-5, precision, recall, f1, auc, mean-iou, separated by commas");
    assertThat(AppRun.in(folder, "train", "--metrics", "f1,f1").err())
        .contains("--metrics is invalid: 'f1' is specified twice");
    assertThat(AppRun.in(folder, "train", "--metrics", "none").err())
        .contains("--metrics must be auto or a list of metrics");
    assertThat(folder.resolve("none")).doesNotExist();
  }

  @Test
  void isReportedWithoutAnAccuracy() throws IOException {
    assertThat(Files.readString(folder.resolve(RUN + "/report.html"))).contains("val f1");
  }
}
