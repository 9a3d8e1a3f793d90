package dev.trifocal.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.error.ConfigurationException;
import org.junit.jupiter.api.Test;

/** Where no engine is on the class path. */
class BackendsTest {
  @Test
  void a_backend_that_is_not_there_is_told_with_the_artifact_to_add() {
    assertThat(Backends.available()).isEmpty();
    assertThatThrownBy(() -> Backends.get("djl"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "backend 'djl' is not on the class path;"
                + " add dev.trifocal:trifocal-backend-djl to the dependencies. Found: none");
  }

  @Test
  void without_any_backend_the_usual_one_is_named() {
    assertThatThrownBy(Backends::preferred)
        .hasMessageContaining("add dev.trifocal:trifocal-backend-onnx to the dependencies");
  }

  @Test
  void a_name_that_no_backend_has_is_answered_with_those_that_there_are() {
    assertThatThrownBy(() -> Backends.get("pytorch"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "there is no backend 'pytorch'. Found: none. Published:"
                + " dev.trifocal:trifocal-backend-onnx, dev.trifocal:trifocal-backend-djl,"
                + " dev.trifocal:trifocal-backend-dl4j");
  }
}
