package dev.trifocal.apps;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("What is there is listed, for people and for scripts")
class ListingsTest {
  @TempDir Path folder;

  @Test
  void theExerciseNetworkHasTheBooksNumbers() {
    AppRun run = AppRun.in(folder, "summary", "three-conv", "--batch", "50");
    assertThat(run.out())
        .isEqualTo(
            """
            layer  kind    output           bytes  parameters
            input  Input   3x200x300      720,000
            conv1  Conv2d  100x100x150  6,000,000       2,800
            conv2  Conv2d  200x50x75    3,000,000     180,200
            conv3  Conv2d  400x25x38    1,520,000     720,400

            total
            parameters                      903,400
            multiply-adds per sample  1,399,500,000

            Inference memory (one sample, float32):
            memory            bytes
            activations   9,000,000   8.6 MiB
            parameters    3,613,600   3.4 MiB
            total        12,613,600  12.0 MiB

            Training memory (batch size 50, adam, float32):
            memory             bytes
            input         36,000,000   34.3 MiB
            activations  526,000,000  501.6 MiB
            parameters     3,613,600    3.4 MiB
            gradients      3,613,600    3.4 MiB
            slots          7,227,200    6.9 MiB
            total        576,454,400  549.7 MiB
            """);
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void theSummaryInJsonHasTheSameNumbers() throws JsonProcessingException {
    JsonNode json = json("summary", "three-conv", "--batch", "50", "--optimizer", "sgd", "--json");
    assertThat(json.get("parameters").asLong()).isEqualTo(903_400);
    assertThat(json.at("/layers/1/shape").toString()).isEqualTo("[100,100,150]");
    assertThat(json.at("/layers/3/bytes").asLong()).isEqualTo(1_520_000);
    assertThat(json.at("/inference_bytes/total").asLong()).isEqualTo(12_613_600);
    assertThat(json.at("/training_bytes/slots").asLong()).isZero();
    assertThat(json.at("/training_bytes/total").asLong()).isEqualTo(576_454_400 - 7_227_200);
  }

  @Test
  void anotherInputChangesTheShapes() throws JsonProcessingException {
    JsonNode json = json("summary", "three-conv", "--input", "3x20x30", "--json");
    assertThat(json.at("/layers/0/shape").toString()).isEqualTo("[3,20,30]");
    assertThat(json.get("parameters").asLong()).isEqualTo(903_400);
  }

  @Test
  void aLargeNetworkIsShownInBlocks() {
    AppRun run = AppRun.in(folder, "summary", "googlenet");
    assertThat(run.out())
        .startsWith(
            """
            block        layers                               output      parameters  multiply-adds
            input        Input                                3x224x224
            conv1        Conv2d, Relu                         64x112x112       9,472    118,013,952
            maxpool1     MaxPool2d                            64x56x56
            """)
        .contains(
            """
            inception4b  6 Conv2d, 6 Relu, MaxPool2d, Concat  512x14x14      449,160     87,908,352
            """)
        .contains(
            """
            total
            parameters                    6,998,552
            multiply-adds per sample  1,582,671,872
            """);
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void aPictureOfANetworkIsWrittenBesideTheSummary() throws IOException {
    AppRun run =
        AppRun.in(folder, "summary", "lenet5", "--json", "--svg", "net.svg", "--dot", "net.dot");
    assertThat(new JsonMapper().readTree(run.out()).get("model").asText()).isEqualTo("lenet5");
    assertThat(run.err()).isEqualTo("net.dot written\nnet.svg written\n");
    assertThat(Files.readString(folder.resolve("net.svg"))).startsWith("<svg ").contains("conv1");
    assertThat(Files.readString(folder.resolve("net.dot"))).startsWith("digraph \"lenet5\" {");
  }

  @Test
  void aPictureThatCannotBeWrittenIsAMistakeOfTheUsers() throws IOException {
    Files.writeString(folder.resolve("file"), "");
    AppRun run = AppRun.in(folder, "summary", "lenet5", "--svg", "file/net.svg");
    assertThat(run.err()).startsWith("error: ").contains("file/net.svg");
    assertThat(run.exitCode()).isEqualTo(2);
  }

  @Test
  void theZooListsItsModels() throws JsonProcessingException {
    assertThat(AppRun.in(folder, "zoo").out())
        .startsWith("model")
        .containsPattern("lenet5 +1998 +1x28x28 +61,706 +416,520 +Gradient-Based Learning")
        .containsPattern(
            "vgg16 +2014 +3x224x224 +138,357,544 +15,470,264,320 +71.592 % +published +Very D");
    JsonNode json = json("zoo", "--json");
    assertThat(json.findValuesAsText("model")).contains("lenet5", "mnist-cnn", "three-conv");
    JsonNode vgg = json.get(json.findValuesAsText("model").indexOf("vgg19-bn"));
    assertThat(vgg.at("/published/imagenet_top1_percent/value").asText()).isEqualTo("74.218");
    assertThat(vgg.at("/published/parameters/source").asText()).contains("torchvision");
    assertThat(vgg.at("/multiply_adds").asLong()).isEqualTo(19_632_062_464L);
    assertThat(vgg.at("/weights/licence").asText()).isEqualTo("BSD-3-Clause");
    assertThat(vgg.at("/choices").toString()).isEqualTo("[\"classes\",\"input\"]");
  }

  @Test
  void dataSetsAreListed() throws JsonProcessingException {
    assertThat(AppRun.in(folder, "datasets").out()).containsPattern("digits +\\S");
    assertThat(json("datasets", "--json").at("/0/name").asText()).isEqualTo("digits");
  }

  @Test
  void backendsAreFoundByServiceLoading() throws JsonProcessingException {
    assertThat(AppRun.in(folder, "backends").out())
        .containsPattern("djl +PyTorch .* cpu")
        .containsPattern("dl4j +ND4J .* cpu +[0-9]+ +no GPU")
        .containsPattern("onnx +ONNX Runtime .* cpu");
    JsonNode json = json("backends", "--json");
    assertThat(json.findValuesAsText("backend")).containsExactly("djl", "dl4j", "onnx");
    assertThat(json.at("/0/devices/0").asText()).isEqualTo("cpu");
  }

  private JsonNode json(String... arguments) throws JsonProcessingException {
    AppRun run = AppRun.in(folder, arguments);
    assertThat(run.exitCode()).isZero();
    return new JsonMapper().readTree(run.out());
  }
}
