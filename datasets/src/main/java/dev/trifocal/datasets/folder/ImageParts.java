package dev.trifocal.datasets.folder;

import dev.trifocal.datasets.augment.Augmentation;
import dev.trifocal.picture.Picture;
import dev.trifocal.picture.Preparation;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Makes the parts of one folder, which share what memory there is. */
final class ImageParts {
  /** Pictures to cut parts from are this many times as large as the network reads them. */
  private static final int MARGIN = 2;

  private final String name;
  private final List<String> classes;
  private final PictureOptions options;
  private final FirstLook look;
  private final AtomicLong room;

  ImageParts(String name, List<String> classes, PictureOptions options, FirstLook look) {
    this.look = look;
    this.name = name;
    this.classes = classes;
    this.options = options;
    this.room =
        new AtomicLong(options.caching() instanceof Caching.Memory memory ? memory.bytes() : 0);
  }

  /** With augmentation. */
  ImageDataset training(List<LabelledFile> files) {
    Augmentation augmentation = options.augmentation();
    PictureStore fitted = fitted(files);
    PictureStore source =
        augmentation.cuts() ? stored(files, this::bounded, "bounded " + bound()) : fitted;
    fill(source, files);
    Identity identity = new Identity(name + "/train", files, classes);
    return new ImageDataset(
        identity, options.preparation(), fitted, new Augmented(augmentation, source));
  }

  ImageDataset part(String part, List<LabelledFile> files) {
    PictureStore fitted = fitted(files);
    fill(fitted, files);
    Identity identity = new Identity(name + "/" + part, files, classes);
    return new ImageDataset(
        identity, options.preparation(), fitted, new Augmented(Augmentation.NONE, fitted));
  }

  private PictureStore fitted(List<LabelledFile> files) {
    Preparation preparation = options.preparation();
    return stored(files, preparation::fit, "fitted " + preparation);
  }

  /**
   * @param making names what {@code maker} does
   */
  private PictureStore stored(
      List<LabelledFile> files, UnaryOperator<Picture> maker, String making) {
    PictureStore source = index -> maker.apply(look.take(files.get(index).file()));
    Caching caching = options.caching();
    if (caching instanceof Caching.Disk disk) {
      return new DiskStore(source, files, disk.folder(), making);
    }
    return caching instanceof Caching.Memory ? new MemoryStore(source, files.size(), room) : source;
  }

  /** Whatever is decoded already is made ready now, where it can be kept. */
  private void fill(PictureStore store, List<LabelledFile> files) {
    if (!(options.caching() instanceof Caching.None)) {
      IntStream.range(0, files.size())
          .parallel()
          .filter(index -> look.has(files.get(index).file()))
          .forEach(store instanceof DiskStore disk ? disk::keep : store::at);
    }
  }

  /** Not much larger than what is cut out, whatever the camera made. */
  private Picture bounded(Picture picture) {
    Picture toned = options.preparation().sample().size(0) == 1 ? picture.gray() : picture.rgb();
    int shorter = Math.min(picture.height(), picture.width());
    if (shorter <= bound()) {
      return toned;
    }
    double scale = (double) bound() / shorter;
    return toned.resize(
        (int) Math.rint(picture.height() * scale), (int) Math.rint(picture.width() * scale));
  }

  private int bound() {
    return MARGIN
        * Math.max(options.preparation().sample().size(1), options.preparation().sample().size(2));
  }
}
