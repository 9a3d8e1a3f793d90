package dev.trifocal.datasets.augment;

import dev.trifocal.error.ConfigurationException;
import dev.trifocal.error.DataException;
import dev.trifocal.error.TrifocalException;
import dev.trifocal.picture.Picture;
import dev.trifocal.picture.Preparation;
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
 * @param crop takes the place of {@link Preparation#fit}
 * @param changes of fitted pictures, each kind at most once
 * @param mixup of the prepared values
 */
public record Augmentation(
    Optional<RandomResizedCrop> crop, List<Change> changes, Optional<Mixup> mixup) {
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
    for (Change change : changes) {
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
  public static Augmentation of(Change... changes) {
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
  public Picture apply(Picture source, Preparation preparation, RandomStream stream) {
    Picture picture =
        crop.map(c -> c.apply(source, preparation.sample(), stream.at(RandomResizedCrop.NAME)))
            .orElse(source);
    for (Change change : changes) {
      // A stream for each kind, so that one change more leaves the others as they were.
      picture = changed(change, picture, stream.at(change.name()));
    }
    return picture;
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

  private static Picture changed(Change change, Picture picture, RandomStream stream) {
    Picture result;
    try {
      result = change.apply(picture, stream);
    } catch (TrifocalException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new DataException("%s failed: %s".formatted(named(change), e), e);
    }
    if (!size(result).equals(size(picture))) {
      throw new DataException(
          "%s makes %s of a picture of %s; it must keep channels, height and width"
              .formatted(named(change), size(result), size(picture)));
    }
    return result;
  }

  private static String named(Change change) {
    return "augmentation '%s' (%s)".formatted(change.name(), change.getClass().getName());
  }

  private static List<Integer> size(Picture picture) {
    return List.of(picture.channels(), picture.height(), picture.width());
  }

  private static boolean isTaken(String name) {
    return name.isBlank() || AugmentationText.WORDS.contains(name);
  }
}
