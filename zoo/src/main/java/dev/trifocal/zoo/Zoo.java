package dev.trifocal.zoo;

import dev.trifocal.config.ForeignModelFormat;
import dev.trifocal.config.Suggestion;
import dev.trifocal.error.ConfigurationException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The registry of all zoo models. */
public final class Zoo {
  private static final List<ZooModel> MODELS =
      Stream.of(
              List.of(LeNet5Original.MODEL, LeNet5.MODEL),
              List.of(AlexNet.MODEL, AlexNetOneWeirdTrick.MODEL),
              Vgg.MODELS,
              List.of(MnistCnn.MODEL, MnistCnnBn.MODEL),
              GoogLeNet.MODELS,
              Fcn.MODELS,
              List.of(UNet.MODEL, UNetOriginal.MODEL),
              ResNet.MODELS,
              SqueezeNet.MODELS,
              List.of(Xception.MODEL),
              List.of(MobileNetV1.MODEL),
              SeNet.MODELS,
              List.of(MobileNetV2.MODEL),
              List.of(ThreeConv.MODEL))
          .flatMap(List::stream)
          .sorted(Comparator.comparingInt(model -> model.paper().year()))
          .toList();

  private Zoo() {}

  /** Returns all models, oldest first. */
  public static List<ZooModel> list() {
    return MODELS;
  }

  /** Returns the names of the models whose weights are published on a model hub. */
  public static List<String> published() {
    return MODELS.stream()
        .filter(model -> model.hubWeights().isPresent())
        .map(ZooModel::name)
        .toList();
  }

  /**
   * Returns the model with the given name.
   *
   * @throws ConfigurationException if there is no such model; the message suggests a similar name
   */
  public static ZooModel find(String name) {
    return MODELS.stream()
        .filter(model -> model.name().equals(name))
        .findFirst()
        .orElseThrow(() -> unknown(name));
  }

  private static ConfigurationException unknown(String name) {
    List<String> names = MODELS.stream().map(ZooModel::name).toList();
    Optional<String> foreign = ForeignModelFormat.advice(name);
    return new ConfigurationException(
        foreign.orElseGet(
            () ->
                "there is no model '%s' in the zoo%s; 'trifocal zoo' lists all %d"
                    .formatted(name, Suggestion.didYouMean(name, names), names.size())));
  }
}
