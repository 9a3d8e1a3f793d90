package dev.trifocal.apps.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trifocal.apps.AppRun;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A classifier of a public bug report")
class FieldCasesOfScoresTest {
  @TempDir private Path folder;

  /** The quantised probabilities come in steps of 1/256, which processors round differently. */
  @ParameterizedTest
  @CsvSource({
    "head-features-first, class 3, 0.9453, 1e-4",
    "head-sigmoid-one-unit, class 1, 0.9305, 1e-4",
    "head-softmax-int8, class 2, 0.672, 4e-3"
  })
  void answers_with_the_probability_that_its_model_outputs(
      String name, String expected, double probability, double tolerance)
      throws JsonProcessingException {
    Path assets = Path.of(System.getProperty("trifocal.assets", "../../shared/assets"));
    Path cases = assets.resolve("field").resolve(name).toAbsolutePath();
    assumeTrue(Files.isDirectory(cases), cases + " is not there");
    AppRun run =
        AppRun.in(
            folder,
            "predict",
            cases.resolve("model.onnx").toString(),
            cases.resolve("picture.png").toString(),
            "--preprocessing",
            "unit",
            "--json");
    assertThat(run.exitCode()).as(run.err()).isZero();
    JsonNode best = new ObjectMapper().readTree(run.out()).get(0).get("classes").get(0);
    assertThat(best.get("class").asText()).isEqualTo(expected);
    assertThat(best.get("probability").asDouble()).isCloseTo(probability, within(tolerance));
  }
}
