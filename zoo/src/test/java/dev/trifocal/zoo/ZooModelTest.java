package dev.trifocal.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.error.GraphException;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.GraphSummary;
import dev.trifocal.graph.Node;
import dev.trifocal.shape.Shape;
import dev.trifocal.zoo.ZooModel.Choice;
import java.math.BigDecimal;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every model in the zoo; a new model is tested by standing in the registry. */
class ZooModelTest {
  static List<ZooModel> models() {
    return Zoo.list();
  }

  static List<ZooModel> counted() {
    return Zoo.list().stream().filter(m -> m.published().parameters().isPresent()).toList();
  }

  static List<ZooModel> withPublishedWeights() {
    return Zoo.list().stream().filter(m -> m.weights().isPresent()).toList();
  }

  static List<ZooModel> countedInMultiplyAdds() {
    return Zoo.list().stream().filter(m -> m.published().multiplyAdds().isPresent()).toList();
  }

  static List<ZooModel> withClasses() {
    return Zoo.list().stream().filter(model -> model.classes() > 0).toList();
  }

  static List<ZooModel> classifiers() {
    return withClasses().stream().filter(model -> model.features().isPresent()).toList();
  }

  static List<ZooModel> ofPixels() {
    return withClasses().stream().filter(model -> model.features().isEmpty()).toList();
  }

  static List<ZooModel> classifiersWithChoiceOfClasses() {
    return classifiers().stream().filter(m -> m.choices().contains(Choice.CLASSES)).toList();
  }

  static List<ZooModel> classifiersWithChoiceOfInput() {
    return classifiers().stream().filter(m -> m.choices().contains(Choice.INPUT)).toList();
  }

  @ParameterizedTest
  @MethodSource("models")
  void says_where_it_comes_from(ZooModel model) {
    assertThat(model.name()).matches("[a-z0-9]+([-_][a-z0-9]+)*");
    assertThat(model.paper().title()).isNotBlank();
    assertThat(URI.create(model.paper().link())).hasScheme("https");
    assertThat(model.paper().year()).isBetween(1979, 2030);
  }

  @ParameterizedTest
  @MethodSource("counted")
  void has_the_parameters_that_the_literature_counts(ZooModel model) {
    assertThat(BigDecimal.valueOf(parameters(model.graph())))
        .isEqualTo(model.published().parameters().orElseThrow().value());
  }

  @ParameterizedTest
  @MethodSource("countedInMultiplyAdds")
  void has_the_multiply_adds_that_the_literature_counts(ZooModel model) {
    PublishedFigure published = model.published().multiplyAdds().orElseThrow();
    long counted = GraphSummary.of(model.graph()).multiplyAdds();
    assertThat(published.isMetBy(counted)).as("%,d for %s", counted, published).isTrue();
  }

  @ParameterizedTest
  @MethodSource("models")
  void every_published_figure_has_a_source(ZooModel model) {
    PublishedResults published = model.published();
    assertThat(Stream.of(published.parameters(), published.multiplyAdds(), published.top1()))
        .allSatisfy(f -> f.ifPresent(figure -> assertThat(figure.source()).isNotBlank()));
  }

  @ParameterizedTest
  @MethodSource("classifiers")
  void a_classifier_has_its_features_before_its_classifier(ZooModel model) {
    Graph graph = model.graph();
    Node classifier = graph.node(model.classifier().orElseThrow());
    assertThat(classifier.shape().size(0)).isEqualTo(model.classes());
    assertThat(graph.upTo(classifier.path()).nodes())
        .contains(graph.node(model.features().orElseThrow()))
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("models")
  void draws_a_graph_of_its_own_name_for_its_own_input(ZooModel model) {
    Graph graph = model.graph();
    assertThat(graph.name()).isEqualTo(model.name());
    assertThat(graph.node(Graph.INPUT).shape()).isEqualTo(model.input());
  }

  @ParameterizedTest
  @MethodSource("models")
  void draws_the_same_graph_each_time(ZooModel model) {
    assertThat(model.graph()).isEqualTo(model.graph());
  }

  @ParameterizedTest
  @MethodSource("classifiers")
  void a_classifier_ends_in_one_score_per_class(ZooModel model) {
    assertThat(output(model.graph())).isEqualTo(Shape.of(model.classes()));
  }

  @ParameterizedTest
  @MethodSource("ofPixels")
  void what_tells_pixels_apart_ends_in_a_map_per_class(ZooModel model) {
    assertThat(output(model.graph()).rank()).isEqualTo(3);
    assertThat(output(model.graph()).size(0)).isEqualTo(model.classes());
    assertThat(output(model.graph(model.input(), 5)).size(0)).isEqualTo(5);
  }

  @ParameterizedTest
  @MethodSource("classifiersWithChoiceOfClasses")
  void other_classes_change_only_the_last_layer(ZooModel model) {
    Graph published = model.graph();
    Graph other = model.graph(model.input(), model.classes() + 7);
    assertThat(output(other)).isEqualTo(output(published).with(0, model.classes() + 7));
    String last = model.classifier().orElseThrow();
    assertThat(other.nodes()).hasSameSizeAs(published.nodes());
    assertThat(other.upTo(inputOf(other, last))).isEqualTo(published.upTo(inputOf(other, last)));
  }

  @ParameterizedTest
  @MethodSource("classifiersWithChoiceOfInput")
  void a_classifier_takes_larger_images_with_more_channels(ZooModel model) {
    Shape larger = Shape.of(3, model.input().size(1) + 12, model.input().size(2) + 20);
    assertThat(output(model.graph(larger, model.classes())).size(0)).isEqualTo(model.classes());
  }

  @ParameterizedTest
  @MethodSource("withPublishedWeights")
  void published_weights_fit_at_every_input_size(ZooModel model) {
    Shape smaller = Shape.of(3, 131, 150);
    assertThat(model.graph(smaller, model.classes()).weightShapes())
        .isEqualTo(model.graph().weightShapes());
  }

  @ParameterizedTest
  @MethodSource("models")
  void an_input_that_is_no_image_is_refused_by_the_first_layer(ZooModel model) {
    Graph graph = model.graph();
    String first = graph.nodes().get(1).path();
    assertThatThrownBy(() -> model.graph(Shape.of(784), model.classes()))
        .isInstanceOf(GraphException.class)
        .hasMessageStartingWith(model.name() + ": " + first + " ")
        .hasMessageContaining("[784]");
  }

  @Test
  void an_input_that_is_too_small_is_refused_by_the_layer_that_it_does_not_fit() {
    assertThatThrownBy(() -> Zoo.find("lenet5").graph(Shape.of(1, 8, 28), 10))
        .isInstanceOf(GraphException.class)
        .hasMessageStartingWith("lenet5: conv2 ")
        .hasMessageContaining("5x5")
        .hasMessageContaining("4x14");
  }

  @Test
  void a_network_without_classes_says_so() {
    ZooModel model = Zoo.find("three-conv");
    assertThatThrownBy(() -> model.graph(model.input(), 10))
        .isInstanceOf(GraphException.class)
        .hasMessage(
            "three-conv: is not a classifier and cannot have 10 classes; choose another model");
  }

  @Test
  void what_the_source_fixes_cannot_be_chosen() {
    ZooModel given = Zoo.find("lenet5");
    ZooModel fixed =
        ZooModel.of("fixed", given.paper(), given.input(), given.classes(), given.network())
            .choices(Set.of());
    assertThat(output(fixed.graph(given.input(), 10))).isEqualTo(Shape.of(10));
    assertThatThrownBy(() -> fixed.graph(Shape.of(1, 32, 32), 10))
        .hasMessage("fixed: the input must be [1, 28, 28], but is [1, 32, 32]");
    assertThatThrownBy(() -> fixed.graph(given.input(), 3))
        .hasMessage("fixed: has 10 classes and cannot have 3; choose another model");
    assertThatThrownBy(() -> fixed.graph(given.input(), given.options().width(0.5)))
        .hasMessage(
            "fixed: does not support a width, but width is 0.5; omit it or choose another model");
  }

  static long parameters(Graph graph) {
    return graph.trainableShapes().values().stream().mapToLong(Shape::elements).sum();
  }

  private static Shape output(Graph graph) {
    return graph.output(Graph.OUTPUT).shape();
  }

  private static String inputOf(Graph graph, String path) {
    return graph.node(path).inputs().get(0);
  }
}
