package dev.trifocal.apps;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
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

            Inference, one sample, bytes of float32:
            memory            bytes
            activations   9,000,000   8.6 MiB
            parameters    3,613,600   3.4 MiB
            total        12,613,600  12.0 MiB

            Training, batch of 50, adam, bytes of float32:
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
  void theZooListsItsModels() throws JsonProcessingException {
    assertThat(AppRun.in(folder, "zoo").out())
        .startsWith("model")
        .containsPattern("lenet5 +1x28x28 +10 +61,706 +1998 +Gradient-Based Learning");
    JsonNode json = json("zoo", "--json");
    assertThat(json.findValuesAsText("model")).contains("lenet5", "mnist-cnn", "three-conv");
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
