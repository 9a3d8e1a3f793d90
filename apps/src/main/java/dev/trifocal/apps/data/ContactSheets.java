package dev.trifocal.apps.data;

import dev.trifocal.datasets.augment.Augmentation;
import dev.trifocal.datasets.folder.Caching;
import dev.trifocal.datasets.folder.ImageDataset;
import dev.trifocal.datasets.folder.ImageFolder;
import dev.trifocal.datasets.folder.ImageOptions;
import dev.trifocal.datasets.folder.LabelledFile;
import dev.trifocal.datasets.image.ImageFile;
import dev.trifocal.datasets.inspect.ContactSheet;
import dev.trifocal.file.AtomicFile;
import dev.trifocal.image.Image;
import dev.trifocal.image.ImagePreprocessor;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Contact sheets of the images of a folder. */
public final class ContactSheets {
  /** Images per row. */
  public static final int COLUMNS = 8;

  /** The largest number of rows, one per class. */
  public static final int MOST_ROWS = 50;

  /** The height and width of each image, in pixels. */
  public static final int CELL = 128;

  private ContactSheets() {}

  /** Writes an image as a PNG file. */
  public static void write(Path file, Image image) {
    ByteBuffer bytes = ByteBuffer.wrap(ImageFile.png(image));
    AtomicFile.write(file, channel -> AtomicFile.writeFully(channel, bytes));
  }

  /** Shows evenly spaced images of the first split, usually training, one row per class. */
  public static Image of(ImageFolder folder) {
    List<LabelledFile> images = folder.parts().values().iterator().next();
    List<List<Image>> rows =
        IntStream.range(0, Math.min(MOST_ROWS, folder.classes().size()))
            .mapToObj(label -> images.stream().filter(file -> file.has(label)).toList())
            .map(files -> chosen(files.size(), COLUMNS).mapToObj(files::get))
            .map(files -> files.map(file -> ImageFile.read(file.file())).toList())
            .toList();
    return new ContactSheet(CELL).of(rows);
  }

  /** Returns evenly spaced indices. */
  static IntStream chosen(int size, int count) {
    int shown = Math.min(size, count);
    return IntStream.range(0, shown).map(i -> (int) ((long) i * size / shown));
  }

  /**
   * A preview of augmented training images in the first epochs.
   *
   * @param preprocessor the preprocessor of the network
   * @param rows the number of images, positive
   * @param epochs the number of epochs, positive
   */
  public record Preview(
      Augmentation augmentation, ImagePreprocessor preprocessor, int rows, int epochs) {
    /**
     * Renders the preview.
     *
     * @param seed the seed of the augmentation and of the split
     */
    public Image of(ImageFolder folder, long seed) {
      ImageOptions options = new ImageOptions(preprocessor, augmentation, new Caching.None());
      ImageDataset train = (ImageDataset) folder.splits(options, seed).train();
      List<List<Image>> all = new ArrayList<>();
      chosen(train.size(), rows).forEach(index -> all.add(row(train, index, seed)));
      return new ContactSheet(CELL).of(all);
    }

    private List<Image> row(ImageDataset train, int index, long seed) {
      List<Image> row = new ArrayList<>(List.of(ImageFile.read(train.file(index))));
      for (int epoch = 1; epoch <= epochs; epoch++) {
        row.add(train.image(index, seed, epoch));
      }
      return row;
    }
  }
}
