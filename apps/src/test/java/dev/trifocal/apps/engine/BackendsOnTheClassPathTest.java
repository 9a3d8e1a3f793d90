package dev.trifocal.apps.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.Guice;
import com.google.inject.Key;
import com.google.inject.Module;
import dev.trifocal.backend.Backend;
import dev.trifocal.backend.BackendProvider;
import dev.trifocal.backend.ModelFileRunner;
import dev.trifocal.backend.djl.DjlBackendModule;
import dev.trifocal.backend.dl4j.Dl4jBackendModule;
import dev.trifocal.backend.onnx.OnnxBackendModule;
import dev.trifocal.graph.Graph;
import dev.trifocal.selection.Backends;
import dev.trifocal.shape.Shape;
import dev.trifocal.train.Adam;
import dev.trifocal.train.SoftmaxCrossEntropy;
import dev.trifocal.train.TrainingPlan;
import dev.trifocal.weights.Weights;
import dev.trifocal.zoo.Zoo;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackendsOnTheClassPathTest {
  @ParameterizedTest
  @ValueSource(strings = {"onnx", "djl", "dl4j"})
  void a_backend_is_found_by_its_name(String name) {
    assertThat(Backends.get(name).name()).isEqualTo(name);
  }

  @Test
  void the_names_of_those_that_are_there_are_told() {
    assertThat(Backends.available()).containsExactly("djl", "dl4j", "onnx");
    assertThat(Backends.preferred().name()).isEqualTo("onnx");
    assertThatThrownBy(() -> Backends.get("onxx"))
        .hasMessageStartingWith("there is no backend 'onxx'. Found: djl, dl4j, onnx.");
  }

  @Test
  void the_fastest_one_is_found_by_a_trial_on_the_graph() {
    Graph graph = Zoo.find("lenet5").graph(Shape.of(1, 32, 32), 10);
    TrainingPlan plan = TrainingPlan.of(new SoftmaxCrossEntropy(), Adam.of(0.001));
    assertThat(Backends.available()).contains(Backends.fastest(graph, plan, 2).name());
    assertThat(Backends.available())
        .contains(Backends.fastest(graph, graph.initialWeights(1), 2).name());
    assertThatThrownBy(() -> Backends.fastest(graph, Weights.NONE, 2))
        .hasMessageContainingAll("no backend can do this work", "djl: ", "dl4j: ", "onnx: ");
  }

  @Test
  void only_onnx_runs_files_as_they_are() {
    assertThat(Backends.providers())
        .filteredOn(provider -> provider.fileRunner().isPresent())
        .extracting(BackendProvider::name)
        .containsExactly("onnx");
  }

  @Test
  void an_application_with_guice_gets_the_same_from_the_modules() {
    Module[] modules = {new OnnxBackendModule(), new DjlBackendModule(), new Dl4jBackendModule()};
    Map<String, Backend> backends =
        Guice.createInjector(modules).getInstance(new Key<Map<String, Backend>>() {});
    assertThat(backends.keySet()).hasSameElementsAs(Backends.available());
    assertThat(backends).allSatisfy((name, backend) -> assertThat(backend.name()).isEqualTo(name));
    assertThat(
            Guice.createInjector(new OnnxBackendModule())
                .getInstance(new Key<Map<String, ModelFileRunner>>() {}))
        .containsOnlyKeys("onnx");
  }
}
