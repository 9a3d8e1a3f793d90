package dev.trifocal.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.error.FileException;
import dev.trifocal.image.Preprocessing;
import dev.trifocal.shape.Shape;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The metadata of a file")
class ModelMetadataTest {
  private static final ModelMetadata FULL =
      new ModelMetadata(
          List.of("tench, Tinca tinca", "größer \"1\""),
          Optional.of(Preprocessing.CAFFE),
          Optional.of(Shape.of(3, 224, 192)),
          "Trifocal 1; seed 2");

  @Test
  void isReadAsItWasWritten() {
    assertThat(ModelMetadata.of("f", FULL.properties())).isEqualTo(FULL);
  }

  @Test
  void isWrittenInWordsThatOthersCanRead() {
    assertThat(FULL.properties())
        .containsEntry("classes", "[\"tench, Tinca tinca\",\"größer \\\"1\\\"\"]")
        .containsEntry("input", "3x224x192")
        .containsEntry("trifocal", "Trifocal 1; seed 2")
        .containsEntry(
            "preprocessing",
            "{\"shorter_side\":256,\"order\":\"bgr\",\"scale\":1.0,"
                + "\"mean\":[104.0,117.0,123.0],\"deviation\":[1.0,1.0,1.0]}");
  }

  @Test
  void ofOthersSaysNothing() {
    ModelMetadata other = ModelMetadata.of("f", Map.of("classes", "cat,dog", "input", "any"));
    assertThat(other)
        .isEqualTo(new ModelMetadata(List.of(), Optional.empty(), Optional.empty(), ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"shorter_side\":0,\"order\":\"rgb\",\"scale\":1,\"mean\":[0],\"deviation\":[0]}",
        "{\"shorter_side\":0,\"order\":\"rgb\",\"scale\":0,\"mean\":[0],\"deviation\":[1]}",
        "{\"shorter_side\":-1,\"order\":\"rgb\",\"scale\":1,\"mean\":[0],\"deviation\":[1]}",
        "{\"shorter_side\":0,\"order\":\"hsv\",\"scale\":1,\"mean\":[0],\"deviation\":[1]}",
        "{\"shorter_side\":0,\"order\":\"rgb\",\"scale\":1,\"mean\":[],\"deviation\":[1]}",
        "{\"shorter_side\":0,\"order\":\"rgb\",\"scale\":1}",
        "{}",
        "null",
        "centre"
      })
  void thatMakesNoSenseIsRefused(String preprocessing) {
    assertThatThrownBy(
            () -> ModelMetadata.of("f", Map.of("preprocessing", preprocessing, "trifocal", "1")))
        .isInstanceOf(FileException.class)
        .hasMessageStartingWith("f: invalid metadata property 'preprocessing': ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[1, null]", "[\"ant\"", "[[]]"})
  void thatListsNoNamesIsRefused(String classes) {
    assertThatThrownBy(() -> ModelMetadata.of("f", Map.of("classes", classes, "trifocal", "1")))
        .isInstanceOf(FileException.class)
        .hasMessageStartingWith("f: invalid metadata property 'classes': ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "['ant', 'bee']",
        "[\"ant\", \"bee\"]",
        "{0: 'ant', 1: 'bee'}",
        "{1: 'bee', 0: \"ant\",}",
        "{\"0\": \"ant\", \"1\": \"bee\"}",
        "{'ant': 0, 'bee': 1}"
      })
  void ofOthersListsNamesInTheirOwnWay(String names) {
    for (String key : List.of("classes", "names", "id2label")) {
      assertThat(ModelMetadata.of("f", Map.of(key, names)).classes()).containsExactly("ant", "bee");
    }
  }

  @Test
  void ofOthersMayQuoteAndNumberNames() {
    assertThat(ModelMetadata.of("f", Map.of("names", "[\"d'or\", 'l\\'ours', 7]")).classes())
        .containsExactly("d'or", "l'ours", "7");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"[1, null]", "['ant'", "[[]]", "{0: 'ant', 2: 'bee'}", "{'a': 'b'}", "ant", ""})
  void ofOthersThatListsNoNamesIsLeftAlone(String classes) {
    Map<String, String> properties = Map.of("classes", classes, "preprocessing", "centre");
    assertThat(ModelMetadata.of("f", properties))
        .isEqualTo(new ModelMetadata(List.of(), Optional.empty(), Optional.empty(), ""));
    assertThat(ModelMetadata.unread(properties)).containsExactly("classes");
  }
}
