package dev.trifocal.apps.engine;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.ProvisionException;
import dev.trifocal.backend.Backend;
import dev.trifocal.error.ConfigurationException;
import jakarta.inject.Provider;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnginesTest {
  @Test
  void whatAnEngineSaysAboutItsStartIsPassedOnAsItIs() {
    ConfigurationException told = new ConfigurationException("backend toy needs a battery");
    assertThatThrownBy(() -> engines(told).backend("toy")).isSameAs(told);
  }

  @Test
  void anEngineThatFailsOtherwiseIsNamed() {
    assertThatThrownBy(() -> engines(new IllegalStateException("no spark")).backend("toy"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("the backend toy does not start: no spark");
  }

  private static Engines engines(RuntimeException failure) {
    Provider<Backend> provider =
        () -> {
          throw new ProvisionException("toy", failure);
        };
    return new Engines(Map.of("toy", provider), Map.of());
  }
}
