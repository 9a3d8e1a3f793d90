package dev.trifocal.apps.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.apps.AppRun;
import dev.trifocal.datasets.image.ImageFile;
import dev.trifocal.file.AtomicFile;
import dev.trifocal.image.Image;
import dev.trifocal.trainer.RunDirectory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("--backend auto")
class AutoBackendEndToEndTest {
  private static final String MEASURED =
      "backend (onnx|djl|dl4j): \\S+ ms per step \\((onnx|djl|dl4j) \\S+ ms, (onnx|djl|dl4j) \\S+ ms";

  @TempDir Path folder;

  @Test
  void trainsAsTheChosenBackendDoesAndRecordsItsName() throws IOException {
    AppRun first = train("auto", "--backend", "auto");
    assertThat(first.err()).matches(MEASURED + "\\)\n");
    String chosen = recorded("auto");
    assertThat(first.err()).startsWith("backend " + chosen + ":");
    assertThat(Files.readString(folder.resolve("runs/auto/steps.jsonl")))
        .contains("\"backend\":\"" + chosen + "\"");

    train("named", "--backend", chosen);
    assertThat(weights("auto")).isEqualTo(weights("named"));

    AppRun second = train("again", "--backend", "auto");
    assertThat(second.err())
        .matches(MEASURED + "; remembered in \\S+/cache/trifocal/backends.json\\)\n");
    assertThat(weights("again")).isEqualTo(weights("named"));
    assertThat(train("quiet", "--backend", "auto", "--quiet").err()).isEmpty();
  }

  @Test
  void followsWhatIsRememberedAndKeepsTheBackendWhenARunResumes() throws IOException {
    train("first", "--backend", "auto");
    String other = recorded("first").equals("djl") ? "onnx" : "djl";
    Path memory = folder.resolve("cache/trifocal/backends.json");
    Files.writeString(
        memory,
        Files.readString(memory)
            .replace("\"backend\" : \"" + other + "\"", "\"backend\" : \"?\"")
            .replace(
                "\"backend\" : \"" + recorded("first") + "\"", "\"backend\" : \"" + other + "\"")
            .replace("\"backend\" : \"?\"", "\"backend\" : \"" + recorded("first") + "\""));
    train("second", "--backend", "auto");
    assertThat(recorded("second")).isEqualTo(other);

    Files.delete(memory);
    AppRun resumed =
        AppRun.in(folder, "train", "--resume", "runs/second", "--epochs", "2", "--backend", "auto");
    assertThat(resumed.err()).isEmpty();
    assertThat(recorded("second")).isEqualTo(other);
    assertThat(Files.readAllLines(folder.resolve("runs/second/steps.jsonl")))
        .hasSize(10)
        .allMatch(line -> line.contains("\"backend\":\"" + other + "\""));
    assertThat(memory).doesNotExist();
  }

  @Test
  void skipsTheTrialWhereTheWorkIsShorter() {
    train("run", "--backend", "djl");
    AppRun named = AppRun.in(folder, "evaluate", "runs/run", "--json", "--backend", "onnx");
    AppRun auto = AppRun.in(folder, "evaluate", "runs/run", "--json", "--backend", "auto");
    assertThat(auto.out()).isEqualTo(named.out());
    assertThat(auto.err())
        .isEqualTo("backend onnx: the default, as 4 batches would end before a trial\n");
  }

  @Test
  void measuresPredictionsForABenchmarkAndRemembersThemForOtherCommands() {
    AppRun benchmark =
        AppRun.in(
            folder,
            "benchmark lenet5 --inference --steps 1 --warm-up 0 --batch-size 1 --backend auto"
                .split(" "));
    assertThat(benchmark.exitCode()).as(benchmark.err()).isZero();
    assertThat(benchmark.err()).matches(MEASURED.replace("step", "batch") + "\\)\n");
    String chosen = benchmark.err().replaceAll("backend (\\w+):(?s).*", "$1");
    Path image = folder.resolve("one.png");
    ByteBuffer png = ByteBuffer.wrap(ImageFile.png(Image.of(28, 28, 1, new byte[28 * 28])));
    AtomicFile.write(image, channel -> AtomicFile.writeFully(channel, png));
    AppRun remembered = AppRun.in(folder, "predict", "lenet5", "one.png", "--backend", "auto");
    assertThat(remembered.err()).contains("backend " + chosen + ": ").contains("; remembered in ");
    AppRun named = AppRun.in(folder, "predict", "lenet5", "one.png", "--backend", chosen);
    assertThat(remembered.out()).isEqualTo(named.out()).isNotEmpty();
  }

  @Test
  void isOneMessageWhereNoBackendHasTheDevice() {
    AppRun run = AppRun.in(folder, "train", "--device", "gpu:7", "--backend", "auto");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .startsWith(
            "error: lenet5: no backend can do this work: djl: backend djl has no device gpu:7")
        .contains("onnx: backend onnx has no device gpu:7; it has [cpu]")
        .hasLineCount(1);
    assertThat(folder.resolve("runs")).doesNotExist();
  }

  private AppRun train(String name, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("train", "--model", "mnist-cnn", "--epochs", "1", "--threads", "1"));
    arguments.addAll(List.of("--out", "runs/" + name));
    arguments.addAll(Arrays.asList(more));
    AppRun run = AppRun.in(folder, arguments.toArray(String[]::new));
    assertThat(run.exitCode()).as(run.err()).isZero();
    return run;
  }

  private String recorded(String run) throws IOException {
    return Files.readAllLines(folder.resolve("runs").resolve(run).resolve("trifocal.conf")).stream()
        .filter(line -> line.strip().startsWith("backend = "))
        .map(line -> line.replace("backend = ", "").strip())
        .findFirst()
        .orElseThrow();
  }

  private Map<String, ?> weights(String run) {
    Path path = folder.resolve("runs").resolve(run);
    return RunDirectory.at(path).last().checkpoint().weights().tensors();
  }
}
