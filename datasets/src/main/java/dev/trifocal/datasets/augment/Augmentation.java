package dev.trifocal.datasets.augment;

import dev.trifocal.error.ConfigurationException;
import dev.trifocal.error.DataException;
import dev.trifocal.error.TrifocalException;
import dev.trifocal.image.Image;
import dev.trifocal.image.ImagePreprocessor;
import dev.trifocal.random.RandomStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The random augmentation of training images: a random crop or the fit used in prediction, then
 * transforms in their order, then an optional mixup.
 *
 * @param crop the random crop, which replaces {@link ImagePreprocessor#fit}
 * @param changes the transforms of fitted images, each kind at most once
 * @param mixup the mixup of preprocessed values
 */
public record Augmentation(
    Optional<RandomResizedCrop> crop, List<RandomTransform> changes, Optional<Mixup> mixup) {
  /** No augmentation: training images are processed as in prediction. */
  public static final Augmentation NONE =
      new Augmentation(Optional.empty(), List.of(), Optional.empty());

  private static final Set<Class<?>> BUILT_IN =
      Set.of(
          Flip.class,
          Rotation.class,
          Translation.class,
          Scaling.class,
          ElasticDeformation.class,
          ColorJitter.class,
          Cutout.class);

  /**
   * Creates an augmentation.
   *
   * @throws ConfigurationException if a transform is specified twice, or a custom transform uses a
   *     reserved name
   */
  public Augmentation {
    changes = List.copyOf(changes);
    Set<String> names = new HashSet<>();
    for (RandomTransform change : changes) {
      if (!BUILT_IN.contains(change.getClass()) && isTaken(change.name())) {
        throw new ConfigurationException(
            "%s is named '%s', but the names %s are reserved; choose another name"
                .formatted(
                    change.getClass().getName(),
                    change.name(),
                    String.join(", ", AugmentationText.WORDS)));
      }
      if (!names.add(change.name())) {
        throw new ConfigurationException(
            "%s is specified twice; each augmentation may be used once".formatted(change.name()));
      }
    }
  }

  /** Returns an augmentation that consists only of transforms. */
  public static Augmentation of(RandomTransform... changes) {
    return new Augmentation(Optional.empty(), List.of(changes), Optional.empty());
  }

  /** Returns the random stream of an epoch, of which each image takes a part by its index. */
  public static RandomStream stream(long seed, int epoch) {
    return RandomStream.of(seed).at("augmentation").at(epoch);
  }

  /** Returns whether training images are not augmented. */
  public boolean isNone() {
    return equals(NONE);
  }

  /** Returns whether images larger than the network's input are needed. */
  public boolean cuts() {
    return crop.isPresent();
  }

  /**
   * Augments an image for one epoch.
   *
   * @param source the fitted image, or a larger one if the augmentation {@link #cuts}
   * @param preprocessor the preprocessor of the network
   * @param stream the random stream of this sample in this epoch
   * @return the image, in the size of the network's input
   */
  public Image apply(Image source, ImagePreprocessor preprocessor, RandomStream stream) {
    Image image =
        crop.map(c -> c.apply(source, preprocessor.sample(), stream.at(RandomResizedCrop.NAME)))
            .orElse(source);
    for (RandomTransform change : changes) {
      // One stream per transform, so that adding a transform does not affect the others.
      RandomStream own = stream.at(change.name());
      image = checked(change, image, i -> change.apply(i, own));
    }
    return image;
  }

  /**
   * Moves the class ids of an image's pixels as {@link #apply} moves the pixels with this stream.
   *
   * @param source class ids as a gray image, in the size of the image
   * @param uncovered the id of pixels that show nothing of the image
   * @param preprocessor the preprocessor of the network
   * @param stream the random stream of this sample in this epoch
   * @return class ids in the size of the network's input
   */
  public Image applyToMask(
      Image source, int uncovered, ImagePreprocessor preprocessor, RandomStream stream) {
    Image mask =
        crop.map(
                c ->
                    c.applyToMask(source, preprocessor.sample(), stream.at(RandomResizedCrop.NAME)))
            .orElse(source);
    for (RandomTransform change : changes) {
      RandomStream own = stream.at(change.name());
      mask = checked(change, mask, m -> change.applyToMask(m, uncovered, own));
    }
    return mask;
  }

  /** Describes the transforms with their parameters, in order, for the provenance of a run. */
  public String words() {
    List<String> words = new ArrayList<>();
    crop.ifPresent(c -> words.add(c.toString()));
    changes.forEach(
        change -> words.add(change instanceof Record ? change.toString() : change.name()));
    mixup.ifPresent(m -> words.add(m.toString()));
    return words.isEmpty() ? AugmentationText.NONE : String.join(", ", words);
  }

  private static Image checked(RandomTransform change, Image image, UnaryOperator<Image> applied) {
    Image result;
    try {
      result = applied.apply(image);
    } catch (TrifocalException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new DataException("%s failed: %s".formatted(named(change), e), e);
    }
    if (!size(result).equals(size(image))) {
      throw new DataException(
          "%s returned an image of %s for one of %s; it must keep channels, height and width"
              .formatted(named(change), size(result), size(image)));
    }
    return result;
  }

  private static String named(RandomTransform change) {
    return "augmentation '%s' (%s)".formatted(change.name(), change.getClass().getName());
  }

  private static List<Integer> size(Image image) {
    return List.of(image.channels(), image.height(), image.width());
  }

  private static boolean isTaken(String name) {
    return name.isBlank() || AugmentationText.WORDS.contains(name);
  }
}
