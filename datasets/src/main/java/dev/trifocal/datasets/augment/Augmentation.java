package dev.trifocal.datasets.augment;

import dev.trifocal.error.ConfigurationException;
import dev.trifocal.picture.Picture;
import dev.trifocal.picture.Preparation;
import dev.trifocal.random.RandomStream;
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

  /**
   * @throws ConfigurationException if a kind of change stands there twice
   */
  public Augmentation {
    changes = List.copyOf(changes);
    Set<String> names = new HashSet<>();
    for (Change change : changes) {
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
      picture = change.apply(picture, stream.at(change.name()));
    }
    return picture;
  }
}
