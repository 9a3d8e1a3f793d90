package dev.trifocal.datasets.folder;

import dev.trifocal.datasets.augment.Augmentation;
import dev.trifocal.image.Image;
import dev.trifocal.image.ImagePreprocessor;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Creates the data sets of one folder's splits, which share the memory for caching. */
final class ImageDatasets {
  /** The size of images kept for random crops, as a multiple of the network's input size. */
  private static final int MARGIN = 2;

  private final String name;
  private final List<String> classes;
  private final ImageOptions options;
  private final Labelling labelling;
  private final CheckedImages look;
  private final AtomicLong room;

  ImageDatasets(
      String name,
      List<String> classes,
      Labelling labelling,
      ImageOptions options,
      CheckedImages look) {
    this.labelling = labelling;
    this.look = look;
    this.name = name;
    this.classes = classes;
    this.options = options;
    this.room =
        new AtomicLong(options.caching() instanceof Caching.Memory memory ? memory.bytes() : 0);
  }

  /** Returns the training set, with augmentation. */
  ImageDataset training(List<LabelledFile> files) {
    Augmentation augmentation = options.augmentation();
    ImageStore fitted = fitted(files);
    ImageStore source =
        augmentation.cuts() ? stored(files, this::bounded, "bounded " + bound()) : fitted;
    fill(source, files);
    ImageSetIdentity identity = new ImageSetIdentity(name + "/train", files, classes, labelling);
    return new ImageDataset(
        identity, options.preprocessor(), fitted, new TrainingAugmentation(augmentation, source));
  }

  ImageDataset part(String part, List<LabelledFile> files) {
    ImageStore fitted = fitted(files);
    fill(fitted, files);
    ImageSetIdentity identity = new ImageSetIdentity(name + "/" + part, files, classes, labelling);
    return new ImageDataset(
        identity,
        options.preprocessor(),
        fitted,
        new TrainingAugmentation(Augmentation.NONE, fitted));
  }

  private ImageStore fitted(List<LabelledFile> files) {
    ImagePreprocessor preprocessor = options.preprocessor();
    return stored(files, preprocessor::fit, "fitted " + preprocessor);
  }

  /**
   * Returns a store of processed images.
   *
   * @param files the image files
   * @param maker the processing of an image
   * @param making a unique description of what {@code maker} does
   */
  private ImageStore stored(List<LabelledFile> files, UnaryOperator<Image> maker, String making) {
    ImageStore source = index -> maker.apply(look.take(files.get(index).file()));
    Caching caching = options.caching();
    if (caching instanceof Caching.Disk disk) {
      return new DiskImageStore(source, files, disk.folder(), making);
    }
    return caching instanceof Caching.Memory
        ? new MemoryImageStore(source, files.size(), room)
        : source;
  }

  /** Processes and stores the images that are already decoded, as far as they can be cached. */
  private void fill(ImageStore store, List<LabelledFile> files) {
    if (!(options.caching() instanceof Caching.None)) {
      IntStream.range(0, files.size())
          .parallel()
          .filter(index -> look.has(files.get(index).file()))
          .forEach(store instanceof DiskImageStore disk ? disk::keep : store::at);
    }
  }

  /** Shrinks a large image to about the size that random crops need. */
  private Image bounded(Image image) {
    Image toned = options.preprocessor().sample().size(0) == 1 ? image.gray() : image.rgb();
    int shorter = Math.min(image.height(), image.width());
    if (shorter <= bound()) {
      return toned;
    }
    double scale = (double) bound() / shorter;
    return toned.resize(
        (int) Math.rint(image.height() * scale), (int) Math.rint(image.width() * scale));
  }

  private int bound() {
    return MARGIN
        * Math.max(
            options.preprocessor().sample().size(1), options.preprocessor().sample().size(2));
  }
}
