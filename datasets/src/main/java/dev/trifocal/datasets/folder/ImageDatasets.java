package dev.trifocal.datasets.folder;

import dev.trifocal.datasets.augment.Augmentation;
import dev.trifocal.image.Image;
import dev.trifocal.image.ImagePreprocessor;
import java.util.List;
import java.util.function.UnaryOperator;

/** Creates the data sets of one folder's splits, which share the memory for caching. */
final class ImageDatasets {
  private final String name;
  private final List<String> classes;
  private final ImageOptions options;
  private final Labelling labelling;
  private final CheckedImages look;
  private final ImageStores stores;

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
    this.stores = new ImageStores(options);
  }

  /** Returns the training set, with augmentation. */
  ImageDataset training(List<LabelledFile> files) {
    Augmentation augmentation = options.augmentation();
    ImageStore fitted = fitted(files);
    ImageStore source =
        augmentation.cuts() ? stored(files, stores::bounded, "bounded " + stores.bound()) : fitted;
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

  private ImageStore stored(List<LabelledFile> files, UnaryOperator<Image> maker, String making) {
    return stores.of(
        files.stream().map(LabelledFile::file).toList(),
        index -> maker.apply(look.take(files.get(index).file())),
        making);
  }

  /** Processes and stores the images that are already decoded, as far as they can be cached. */
  private void fill(ImageStore store, List<LabelledFile> files) {
    stores.fill(store, files.size(), index -> look.has(files.get(index).file()));
  }
}
