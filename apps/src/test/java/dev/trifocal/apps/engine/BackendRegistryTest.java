package dev.trifocal.apps.engine;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.backend.Backend;
import dev.trifocal.backend.BackendProvider;
import dev.trifocal.error.ConfigurationException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BackendRegistryTest {
  @Test
  void whatAnEngineSaysAboutItsStartIsPassedOnAsItIs() {
    ConfigurationException told = new ConfigurationException("backend toy needs a battery");
    assertThatThrownBy(() -> engines(told).backend("toy")).isSameAs(told);
  }

  @Test
  void anEngineThatFailsOtherwiseIsNamed() {
    assertThatThrownBy(() -> engines(new IllegalStateException("no spark")).backend("toy"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("the backend toy failed to start: no spark");
  }

  private static BackendRegistry engines(RuntimeException failure) {
    return new BackendRegistry(Map.of("toy", new Broken(failure)));
  }

  private record Broken(RuntimeException failure) implements BackendProvider {
    @Override
    public String name() {
      return "toy";
    }

    @Override
    public Backend create() {
      throw failure;
    }
  }
}
