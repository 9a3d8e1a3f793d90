package dev.trifocal.apps.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.apps.AppRun;
import dev.trifocal.apps.folder.FruitFolder;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.trainer.RunDirectory;
import dev.trifocal.weights.Safetensors;
import dev.trifocal.weights.Weights;
import dev.trifocal.zoo.Zoo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** With ResNet-34, for which no SHA-256 is known beforehand: its file is made here. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("Published weights come from a model hub by name")
class PublishedWeightsTest {
  private static final String REPOSITORY = "timm/resnet34.tv_in1k";
  private static final String WEIGHTS = "model.safetensors";
  private static final String LABELS = "datasets/huggingface/label-files";

  @TempDir static Path files;
  @TempDir Path folder;

  private LocalHub hub;
  private Weights published;

  @BeforeAll
  void aHubHasThem() throws IOException {
    published = Zoo.find("resnet34").graph().initialWeights(3);
    Map<String, Tensor> tensors = new LinkedHashMap<>(published.tensors());
    tensors.put("bn1.num_batches_tracked", Tensor.of(Shape.of(), new long[] {9}));
    Safetensors.write(files.resolve(WEIGHTS), new Weights(tensors), Map.of());
    hub = new LocalHub();
    hub.serve(REPOSITORY, WEIGHTS, Files.readAllBytes(files.resolve(WEIGHTS)));
    String names =
        IntStream.range(0, 1000)
            .mapToObj("\"%1$d\": \"thing %1$d\""::formatted)
            .collect(Collectors.joining(", ", "{", "}"));
    hub.serve(LABELS, "imagenet-1k-id2label.json", names.getBytes(StandardCharsets.UTF_8));
    hub.serve("timm/mobilenetv2_100.ra_in1k", WEIGHTS, new byte[8]);
  }

  @AfterAll
  void stop() {
    hub.close();
  }

  @BeforeEach
  void images() {
    FruitFolder.in(folder.resolve("fruits"), 6, 3, 3);
  }

  @Test
  void aTransferTakesThemAsItsBaseAndLaterOnesNeedNoNetwork() throws IOException {
    AppRun trained = transfer("--out", "run", "--base", "resnet34");

    assertThat(trained.exitCode()).as(trained.err()).isZero();
    assertThat(trained.err())
        .startsWith("downloading %s/%s\nnote: only 6 validation".formatted(REPOSITORY, WEIGHTS))
        .hasLineCount(2);
    Weights after = RunDirectory.at(folder.resolve("run")).last().checkpoint().weights();
    assertThat(after.tensor("layer4.2.conv2.weight"))
        .isEqualTo(published.tensor("layer4.2.conv2.weight"));
    assertThat(Files.readString(folder.resolve("run/trifocal.conf")))
        .contains("model = resnet34", "weights = published", hub.address())
        // torchvision's, scaled to the size of the pictures.
        .contains("0.485,0.456,0.406");
    int before = hub.requests().size();
    AppRun again = transfer("--out", "again", "--base", "resnet34");
    assertThat(again.err()).startsWith("note: only 6 validation").hasLineCount(1);
    assertThat(hub.requests()).hasSize(before);
  }

  @Test
  void aPredictionNamesTheClassesAndAnExportKeepsTheirNames() {
    String image = folder.resolve("fruits/test/plum/001.png").toString();
    AppRun direct = run("predict", "resnet34", image, "--weights", "published");

    assertThat(direct.exitCode()).as(direct.err()).isZero();
    assertThat(direct.out()).contains("thing ");
    AppRun exported = run("export", "resnet34", "--weights", "published", "--out", "net.onnx");
    assertThat(exported.exitCode()).as(exported.err()).isZero();
    AppRun fromFile = AppRun.in(folder, "predict", "net.onnx", image);
    assertThat(fromFile.err()).isEmpty();
    assertThat(fromFile.out()).isEqualTo(direct.out());
  }

  @Test
  void namesThatTheUserGivesAreNotAskedFor() throws IOException {
    List<String> names = IntStream.range(0, 1000).mapToObj("own %d"::formatted).toList();
    Files.write(folder.resolve("names.txt"), names);
    String image = folder.resolve("fruits/test/plum/001.png").toString();
    int before = hub.requests().size();
    AppRun run =
        run("predict", "resnet34", image, "--weights", "published", "--classes", "names.txt");

    assertThat(run.out()).contains("own ");
    assertThat(hub.requests().subList(before, hub.requests().size()))
        .hasSize(2)
        .noneMatch(request -> request.contains(LABELS));
  }

  @Test
  void aTransferWithoutABaseTakesMobileNetV2AndHoldsItToItsKnownDigest() {
    AppRun refused = transfer();

    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err())
        .isEqualTo(
            "error: timm/mobilenetv2_100.ra_in1k/model.safetensors: the file on the hub is not the"
                + " one published: its SHA-256 is "
                + LocalHub.sha256(new byte[8])
                + ", expected"
                + " 55ea4fb3a96010b933710ebf44fc965b070d5cd054d3f35e44f2d1320b4a714e\n");
    assertThat(folder.resolve("runs")).doesNotExist();
  }

  @Test
  void withoutANetworkTheMessageSaysWhichFilesToPutWhere() {
    AppRun refused =
        AppRun.in(
            folder,
            "predict",
            "resnet34",
            folder.resolve("fruits/test/plum/001.png").toString(),
            "--weights",
            "published",
            "--hub",
            "http://nowhere.invalid");

    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err())
        .contains(
            "cannot resolve the host nowhere.invalid",
            "http://nowhere.invalid/timm/resnet34.tv_in1k/resolve/main/model.safetensors as "
                + folder.resolve("cache/trifocal/hub/timm/resnet34.tv_in1k/main/model.safetensors"),
            "imagenet-1k-id2label.json as "
                + folder.resolve("cache/trifocal/hub/datasets/huggingface/label-files"))
        .hasLineCount(1);
  }

  @Test
  void theEnvironmentNamesTheHubAndTheToken() {
    AppRun run =
        AppRun.with(
            Map.of("HF_ENDPOINT", hub.address(), "HF_TOKEN", "secret"),
            folder,
            "export",
            "resnet34",
            "--weights",
            "published",
            "--out",
            "net.onnx");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(hub.requests()).last().asString().endsWith(" Bearer secret");
  }

  @Test
  void otherClassesNeedANewHead() {
    AppRun refused = train("--model", "resnet34");

    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err())
        .contains(
            "resnet34: the published weights do not match. wrong shape: fc.weight [1000, 512]")
        .endsWith(
            " To load only the matching ones, use --partial; for other classes, use --head auto or"
                + " 'trifocal transfer'\n");
    AppRun trained = train("--model", "resnet34", "--head", "auto", "--freeze", "all");
    assertThat(trained.exitCode()).as(trained.err()).isZero();
  }

  @Test
  void whatCannotFitIsRefusedBeforeAnythingIsDownloaded() {
    int before = hub.requests().size();

    assertThat(transfer("--base", "resnet34", "--channels", "1").err())
        .isEqualTo(
            "error: resnet34 with its published weights takes [3, 224, 224], but the data is [1,"
                + " 32, 32]; omit --channels, use other data, or load only the matching weights"
                + " with --partial\n");
    assertThat(transfer("--base", "mobilenet-v2", "--width", "0.5").err())
        .isEqualTo(
            "error: the published weights of mobilenet-v2 have width 1; omit --width, or pass a"
                + " weights file with --weights FILE\n");
    assertThat(transfer("--base", "lenet5").err())
        .startsWith(
            "error: lenet5 has no published weights that Trifocal can download; pass a weights file"
                + " with --weights FILE, or use one of vgg11, ")
        .contains("mobilenet-v2");
    assertThat(hub.requests()).hasSize(before);
  }

  @Test
  void whatIsNoAddressIsNoHub() {
    AppRun refused = AppRun.in(folder, "transfer", "--data", "fruits", "--hub", "huggingface.co");

    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err())
        .contains(
            "--hub must be the address of a server, such as https://huggingface.co, but is"
                + " 'huggingface.co'");
  }

  private AppRun transfer(String... more) {
    return run(
        words(
            List.of("transfer", "--epochs", "1", "--fine-tune-epochs", "0", "--batch-size", "6"),
            List.of("--data", "fruits", "--size", "32"),
            List.of(more)));
  }

  private AppRun train(String... more) {
    return run(
        words(
            List.of("train", "--data", "fruits", "--size", "32", "--epochs", "1"),
            List.of("--batch-size", "6", "--weights", "published"),
            List.of(more)));
  }

  private static String[] words(List<String> first, List<String> second, List<String> third) {
    return Stream.of(first, second, third).flatMap(List::stream).toArray(String[]::new);
  }

  private AppRun run(String... words) {
    return AppRun.in(folder, words(List.of(words), List.of("--hub", hub.address()), List.of()));
  }
}
