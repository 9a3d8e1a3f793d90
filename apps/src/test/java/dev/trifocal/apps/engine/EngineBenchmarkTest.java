package dev.trifocal.apps.engine;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.backend.Backend;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.backend.StepSize;
import dev.trifocal.error.ConfigurationException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EngineBenchmarkTest {
  @Test
  void anEngineWithoutProfilerIsNamed() {
    Map<String, Object> answers = Map.of("name", "toy", "profiler", Optional.empty());
    Backend toy =
        (Backend)
            Proxy.newProxyInstance(
                Backend.class.getClassLoader(),
                new Class<?>[] {Backend.class},
                (proxy, method, arguments) -> answers.get(method.getName()));
    assertThatThrownBy(
            () -> new EngineBenchmark(toy, RunOptions.DEFAULT, StepSize.of(1), 0, 1).profiler())
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "backend toy has no profiler; omit --profile, or choose backend onnx, djl or dl4j");
  }
}
