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

/**
 * What training pictures go through in each epoch: a random part is cut out or the picture is
 * fitted as for prediction, changes follow in their order, and at last pictures may be mixed.
 *
 * @param crop takes the place of {@link ImagePreprocessor#fit}
 * @param changes of fitted pictures, each kind at most once
 * @param mixup of the prepared values
 */
public record Augmentation(
    Optional<RandomResizedCrop> crop, List<RandomTransform> changes, Optional<Mixup> mixup) {
  /** Training pictures are what prediction would see. */
  public static final Augmentation NONE =
      new Augmentation(Optional.empty(), List.of(), Optional.empty());

  private static final Set<Class<?>> BUILT_IN =
      Set.of(Flip.class, Rotation.class, Translation.class, ColorJitter.class, Cutout.class);

  /**
   * @throws ConfigurationException if a kind of change stands there twice, or one of another
   *     project has a name that is taken
   */
  public Augmentation {
    changes = List.copyOf(changes);
    Set<String> names = new HashSet<>();
    for (RandomTransform change : changes) {
      if (!BUILT_IN.contains(change.getClass()) && isTaken(change.name())) {
        throw new ConfigurationException(
            "%s is named '%s', but %s are taken; choose another name"
                .formatted(
                    change.getClass().getName(),
                    change.name(),
                    String.join(", ", AugmentationText.WORDS)));
      }
      if (!names.add(change.name())) {
        throw new ConfigurationException(
            "%s stands there twice; each change can be made once".formatted(change.name()));
      }
    }
  }

  /** The changes alone. */
  public static Augmentation of(RandomTransform... changes) {
    return new Augmentation(Optional.empty(), List.of(changes), Optional.empty());
  }

  /** Whether training pictures stay as they are. */
  public boolean isNone() {
    return equals(NONE);
  }

  /** Whether pictures are needed larger than the network reads them. */
  public boolean cuts() {
    return crop.isPresent();
  }

  /**
   * A fitted picture as it is in one epoch.
   *
   * @param source fitted; if the augmentation {@link #cuts}, larger
   * @param stream of this sample in this epoch
   * @return in the size of the sample
   */
  public Image apply(Image source, ImagePreprocessor preprocessor, RandomStream stream) {
    Image image =
        crop.map(c -> c.apply(source, preprocessor.sample(), stream.at(RandomResizedCrop.NAME)))
            .orElse(source);
    for (RandomTransform change : changes) {
      // A stream for each kind, so that one change more leaves the others as they were.
      image = changed(change, image, stream.at(change.name()));
    }
    return image;
  }

  /** For the provenance of a run: each change with its amounts, in their order. */
  public String words() {
    List<String> words = new ArrayList<>();
    crop.ifPresent(c -> words.add(c.toString()));
    changes.forEach(
        change -> words.add(change instanceof Record ? change.toString() : change.name()));
    mixup.ifPresent(m -> words.add(m.toString()));
    return words.isEmpty() ? AugmentationText.NONE : String.join(", ", words);
  }

  private static Image changed(RandomTransform change, Image image, RandomStream stream) {
    Image result;
    try {
      result = change.apply(image, stream);
    } catch (TrifocalException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new DataException("%s failed: %s".formatted(named(change), e), e);
    }
    if (!size(result).equals(size(image))) {
      throw new DataException(
          "%s makes %s of a picture of %s; it must keep channels, height and width"
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
