package dev.trifocal.datasets.segmentation;

import dev.trifocal.datasets.augment.Augmentation;
import dev.trifocal.datasets.folder.CheckedImages;
import dev.trifocal.datasets.folder.ImageOptions;
import dev.trifocal.datasets.folder.ImageStore;
import dev.trifocal.datasets.folder.ImageStores;
import dev.trifocal.datasets.folder.LabelledFile;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.image.CropBox;
import dev.trifocal.image.Image;
import dev.trifocal.image.ImagePreprocessor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Creates the data sets of one folder's splits, which share the memory for caching. */
final class SegmentationDatasets {
  private final String name;
  private final List<String> classes;
  private final ImageOptions options;
  private final CheckedImages look;
  private final Map<Path, SegmentedImage> byFile;
  private final ImageStores stores;

  SegmentationDatasets(
      String name,
      List<String> classes,
      ImageOptions options,
      CheckedImages look,
      Map<Path, SegmentedImage> byFile) {
    this.name = name;
    this.classes = classes;
    this.options = options;
    this.look = look;
    this.byFile = byFile;
    this.stores = new ImageStores(options);
  }

  /**
   * Returns the training set, with augmentation.
   *
   * @throws ConfigurationException if the augmentation mixes the labels of images
   */
  SegmentationDataset training(List<LabelledFile> files) {
    Augmentation augmentation = options.augmentation();
    if (augmentation.mixup().isPresent()) {
      throw new ConfigurationException(
          "mixup mixes the classes of whole images, but %s has a class for each pixel; omit mixup"
              .formatted(name));
    }
    List<SegmentedImage> all = images(files);
    SegmentedStores fitted = fitted(all);
    SegmentedStores source = augmentation.cuts() ? bounded(all) : fitted;
    fill(source, all);
    return new SegmentationDataset(
        new SegmentationDataset.Content(name + "/train", all, classes),
        options.preprocessor(),
        fitted,
        new SegmentationAugmentation(augmentation, source));
  }

  SegmentationDataset part(String part, List<LabelledFile> files) {
    List<SegmentedImage> all = images(files);
    SegmentedStores fitted = fitted(all);
    fill(fitted, all);
    return new SegmentationDataset(
        new SegmentationDataset.Content(name + "/" + part, all, classes),
        options.preprocessor(),
        fitted,
        new SegmentationAugmentation(Augmentation.NONE, fitted));
  }

  /** Releases the images that were decoded to be checked, if the data sets cache their own. */
  void release() {
    if (stores.caches()) {
      look.forget();
    }
  }

  private List<SegmentedImage> images(List<LabelledFile> files) {
    return files.stream().map(file -> byFile.get(file.file())).toList();
  }

  private SegmentedStores fitted(List<SegmentedImage> all) {
    ImagePreprocessor preprocessor = options.preprocessor();
    return stored(all, preprocessor::fit, preprocessor::fitMask, "fitted " + preprocessor);
  }

  private SegmentedStores bounded(List<SegmentedImage> all) {
    return stored(all, stores::bounded, this::boundedMask, "bounded " + stores.bound());
  }

  private Image boundedMask(Image mask) {
    ImageStores.Size size = stores.bounded(mask.height(), mask.width());
    return mask.resizeNearest(
        size.height(), size.width(), new CropBox(0, 0, size.height(), size.width()));
  }

  private SegmentedStores stored(
      List<SegmentedImage> all,
      UnaryOperator<Image> maker,
      UnaryOperator<Image> maskMaker,
      String making) {
    List<Path> files = all.stream().map(SegmentedImage::image).toList();
    ImageStore images = stores.of(files, index -> maker.apply(look.take(files.get(index))), making);
    // Masks are small and quickly read, but depend on more than their files: they are kept in
    // memory only.
    ImageStore masks =
        stores.ofMemory(files, index -> maskMaker.apply(all.get(index).mask().read()));
    return new SegmentedStores(images, masks);
  }

  private void fill(SegmentedStores store, List<SegmentedImage> all) {
    stores.fill(store.images(), all.size(), index -> look.has(all.get(index).image()));
  }
}
