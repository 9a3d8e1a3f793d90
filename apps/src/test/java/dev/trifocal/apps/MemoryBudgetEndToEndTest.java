package dev.trifocal.apps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.trifocal.config.MemorySize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Training keeps within the memory that --memory allows")
class MemoryBudgetEndToEndTest {
  private static final int BATCH = 4096;
  private static final String TRAIN = "train --threads 1 --seed 3 ";
  private static final Pattern LEAST = Pattern.compile("use at least --memory (\\S+),");
  private static final long ROOM = 48L << 20;
  private static final String LINUX = "elsewhere, the memory of the process is not known";

  @TempDir Path folder;

  @Test
  void aBudgetForNotEvenASampleIsRefusedBeforeTheRun() {
    AppRun run = run(TRAIN + "--memory 1MiB --out runs/small");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .matches(
            "error: lenet5 does not fit into 1 MiB: with batches of 1, training on onnx"
                + " is predicted to take [0-9.]+ [MG]iB; use at least --memory [0-9.]+[MG]iB, or need"
                + " less with --recompute, --optimizer sgd, smaller images \\(--size\\) or a smaller"
                + " network\n");
    assertThat(folder.resolve("runs")).doesNotExist();
  }

  @Test
  void whatHelpsAlreadyIsNoAdvice() {
    assertThat(run(TRAIN + "--memory 1MiB --recompute --optimizer sgd").err())
        .contains(" does not fit into 1 MiB")
        .endsWith(", or need less with smaller images (--size) or a smaller network\n");
  }

  @Test
  void theLeastBudgetThatAnErrorNamesIsEnough() throws IOException {
    String words = TRAIN + "--epochs 1 --batch-size 6 --out run --memory ";
    Matcher least = LEAST.matcher(run(words + "1MiB").err());
    assertThat(least.find()).isTrue();
    AppRun run = run(words + least.group(1));
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(written("run", "batch-size") * written("run", "accumulate")).isEqualTo(6);
  }

  @Test
  void aLargeBudgetIsNamedBesideThePredictionAndChangesNothing() throws IOException {
    AppRun run = run(TRAIN + "--epochs 1 --memory 100GiB --out run");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err())
        .matches("memory: batches of 64 are predicted to take [0-9.]+ [MG]iB of 100\\.0 GiB\n");
    assertThat(Files.readString(folder.resolve("run/trifocal.conf")))
        .contains("batch-size = 64\n", "accumulate = 1\n", "memory = 100GiB\n");
  }

  @Test
  void withoutABudgetSmallBatchesAreNotRemarkedOn() throws IOException {
    AppRun run = run(TRAIN + "--epochs 1 --out run");
    assertThat(run.err()).isEmpty();
    assertThat(Files.readString(folder.resolve("run/trifocal.conf"))).contains("memory = auto\n");
  }

  @Test
  void nonsenseIsRefused() {
    AppRun run = run(TRAIN + "--memory nonsense --out run");
    assertThat(run.err())
        .isEqualTo(
            "error: --memory is invalid: 'nonsense' is not an amount of memory such as 4GiB or"
                + " 900MiB\n");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = LINUX)
  void aBatchThatDoesNotFitIsAccumulatedWithTheSameResults() throws IOException {
    AppRun whole = run(divided("whole", "--memory 100GiB"));
    assertThat(whole.exitCode()).as(whole.err()).isZero();
    AppRun run = run(divided("divided", "--memory " + budget()));
    assertThat(run.exitCode()).as(run.err()).isZero();

    int batchSize = written("divided", "batch-size");
    int batches = written("divided", "accumulate");
    assertThat(batches).isGreaterThan(1);
    assertThat(batchSize * batches).isEqualTo(BATCH);
    assertThat(run.err())
        .matches(
            "memory: batches of %d are accumulated as %d x %d, predicted to take [0-9.]+ [MG]iB of [0-9.]+ [MG]iB\n"
                .formatted(BATCH, batches, batchSize));
    assertThat(run.out()).contains("batch size " + batches + " x " + batchSize);
    List<Double> expected = losses("whole");
    List<Double> losses = losses("divided");
    assertThat(expected).hasSize(4);
    assertThat(losses).hasSameSizeAs(expected);
    for (int i = 0; i < losses.size(); i++) {
      assertThat(losses.get(i)).isCloseTo(expected.get(i), withinPercentage(0.1));
    }
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = LINUX)
  void aDividedRunResumesWithTheBatchThatWasAskedForOrWithItsOwn() throws IOException {
    AppRun run = run(divided("run", "--memory " + budget()));
    assertThat(run.exitCode()).as(run.err()).isZero();
    int batchSize = written("run", "batch-size");
    int batches = written("run", "accumulate");
    assertThat(batches).isGreaterThan(1);

    int epochs = 2;
    for (String same :
        List.of(
            "",
            " --batch-size " + BATCH,
            " --batch-size %d --accumulate 2".formatted(BATCH / 2),
            " --batch-size " + batchSize)) {
      epochs++;
      // The process of this test has grown, so that the first budget may not suffice any more.
      AppRun resumed = run("train --resume run --memory 100GiB --epochs " + epochs + same);
      assertThat(resumed.exitCode()).as(same + ": " + resumed.err()).isZero();
      assertThat(written("run", "batch-size")).isEqualTo(batchSize);
      assertThat(written("run", "accumulate")).isEqualTo(batches);
    }
    assertThat(run("train --resume run --epochs 9 --batch-size " + 2 * BATCH).err())
        .isEqualTo(
            "error: %s can only resume with its original settings: batch-size was %d and is now %d. Omit these options, or start a new run\n"
                .formatted(folder.resolve("run"), batchSize, 2 * BATCH));
    assertThat(run("train --resume run --epochs 9 --batch-size 4096 --accumulate 2").err())
        .contains("/run can only resume with its original settings: batch-size was ");
  }

  @Test
  void aRunWhoseBatchesDoNotFitIntoANewBudgetDoesNotResume() throws IOException {
    run(TRAIN + "--epochs 1 --batch-size 80 --out run");
    AppRun refused = run("train --resume run --epochs 2 --memory 1MiB");
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err())
        .matches(
            "error: the run trains with batches of 80, which are predicted to take [0-9.]+ [MG]iB on"
                + " onnx, and cannot change them when it resumes; raise --memory, or start a new"
                + " run\n");
    AppRun resumed = run("train --resume run --epochs 2 --memory 100GiB");
    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    assertThat(written("run", "batch-size")).isEqualTo(80);
  }

  private static String divided(String name, String memory) {
    return TRAIN + "--epochs 2 --batch-size %d --out %s %s".formatted(BATCH, name, memory);
  }

  /**
   * Returns a budget with room for a small part of a batch: somewhat more than the least that an
   * error names, which counts the engine's libraries whether or not an earlier test has loaded
   * them.
   */
  private String budget() {
    Matcher least = LEAST.matcher(run(TRAIN + "--memory 1MiB --batch-size " + BATCH).err());
    assertThat(least.find()).isTrue();
    long bytes = MemorySize.parse(least.group(1)).bytes() + ROOM;
    return new MemorySize(bytes >> 20 << 20).text();
  }

  private int written(String run, String setting) throws IOException {
    return Files.readAllLines(folder.resolve(run).resolve("trifocal.conf")).stream()
        .map(String::strip)
        .filter(line -> line.startsWith(setting + " = "))
        .mapToInt(line -> Integer.parseInt(line.substring(setting.length() + 3)))
        .findFirst()
        .orElseThrow();
  }

  /** Returns the losses of training and validation of all epochs. */
  private List<Double> losses(String run) throws IOException {
    List<Double> result = new ArrayList<>();
    for (JsonNode epoch :
        new JsonMapper().readTree(folder.resolve(run).resolve("history.json").toFile())) {
      result.add(epoch.get("loss").asDouble());
      result.add(epoch.get("val_loss").asDouble());
    }
    return result;
  }

  private AppRun run(String words) {
    return AppRun.in(folder, words.split(" "));
  }
}
