package dev.trifocal.datasets.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.trifocal.data.Dataset;
import dev.trifocal.datasets.augment.Augmentation;
import dev.trifocal.datasets.augment.Flip;
import dev.trifocal.datasets.augment.Mixup;
import dev.trifocal.datasets.augment.RandomTransform;
import dev.trifocal.datasets.augment.Translation;
import dev.trifocal.error.DataException;
import dev.trifocal.image.Image;
import dev.trifocal.random.RandomStream;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.DataType;
import dev.trifocal.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TensorDatasetTest {
  private static final Samples SAMPLES =
      Samples.of(Tensor.of(Shape.of(3, 1, 1, 2), 0f, 1f, 10f, 11f, 20f, 21f));
  private static final Labels LABELS = Labels.ids("y", new long[] {0, 1, 0}, List.of("no", "yes"));

  private final TensorDataset dataset = TensorDataset.of("d", SAMPLES, LABELS);

  @Test
  void rows_come_in_the_order_asked_for_and_may_repeat() {
    assertThat(dataset.batch(new int[] {2, 0, 2}).input())
        .isEqualTo(Tensor.of(Shape.of(3, 1, 1, 2), 20f, 21f, 0f, 1f, 20f, 21f));
  }

  @Test
  void a_selection_counts_anew() {
    TensorDataset part = dataset.select("part", new int[] {2, 1});

    assertThat(part.size()).isEqualTo(2);
    assertThat(part.name()).isEqualTo("part");
    assertThat(part.batch(new int[] {1}).input())
        .isEqualTo(Tensor.of(Shape.of(1, 1, 1, 2), 10f, 11f));
    assertThat(part.batch(new int[] {1}).label().toLongs()).containsExactly(1);
  }

  @Test
  void a_sample_that_is_not_there_is_told() {
    TensorDataset part = dataset.select("part", new int[] {2, 1});

    assertThatThrownBy(() -> part.batch(new int[] {2}))
        .isInstanceOf(DataException.class)
        .hasMessage("part has no sample 2; it has 2 samples");
    assertThatThrownBy(() -> dataset.batch(new int[] {-1})).isInstanceOf(DataException.class);
  }

  @Test
  void samples_without_labels_are_refused() {
    Labels two = Labels.ids("y", new long[] {0, 1}, List.of("no", "yes"));

    assertThatThrownBy(() -> TensorDataset.of("d", SAMPLES, two))
        .isInstanceOf(DataException.class)
        .hasMessage("d has 3 samples, but 2 labels");
  }

  @Test
  void an_augmented_image_depends_on_seed_epoch_and_index_only() {
    TensorDataset images = grayImages().augmented(Augmentation.of(new Translation(0.5)));
    Dataset epoch = images.epoch(3, 2);

    assertThat(epoch.batch(new int[] {1, 0}).input().rows(new int[] {1, 0}))
        .isEqualTo(epoch.batch(new int[] {0, 1}).input());
    assertThat(images.select("part", new int[] {1, 0}).epoch(3, 2).batch(new int[] {1}).label())
        .isEqualTo(images.batch(new int[] {0}).label());
    assertThat(images.epoch(3, 2).batch(new int[] {0, 1})).isEqualTo(epoch.batch(new int[] {0, 1}));
    assertThat(images.epoch(4, 2).batch(new int[] {0, 1}))
        .isNotEqualTo(epoch.batch(new int[] {0, 1}));
  }

  @Test
  void an_augmentation_moves_pixels_and_keeps_their_scale() {
    RandomTransform negative =
        new RandomTransform() {
          @Override
          public String name() {
            return "negative";
          }

          @Override
          public Image apply(Image image, RandomStream stream) {
            return image.invert();
          }
        };
    TensorDataset images = grayImages();
    float[] before = images.batch(new int[] {1}).input().toFloats();
    float[] after =
        images
            .augmented(Augmentation.of(negative))
            .epoch(1, 1)
            .batch(new int[] {1})
            .input()
            .toFloats();

    for (int i = 0; i < before.length; i++) {
      assertThat(after[i]).isCloseTo(1 - before[i], within(1e-6f));
    }
  }

  @Test
  void only_gray_images_are_augmented_and_they_are_not_mixed() {
    Augmentation flip = Augmentation.of(new Flip(0.5));
    Augmentation mixup = new Augmentation(Optional.empty(), List.of(), Optional.of(Mixup.STANDARD));

    assertThat(dataset.augmented(Augmentation.NONE).augmentation()).isEqualTo("none");
    assertThatThrownBy(() -> dataset.augmented(flip))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "d cannot be augmented: it does not consist of gray images; set augment to none");
    assertThatThrownBy(() -> grayImages().augmented(mixup))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "images cannot be augmented with mixup, which needs a folder of images; remove it from"
                + " augment");
  }

  private static TensorDataset grayImages() {
    int side = 8;
    byte[] pixels = new byte[2 * side * side];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i * i);
    }
    Tensor bytes =
        Tensor.make(Shape.of(2, 1, side, side), DataType.UINT8, target -> target.put(pixels));
    Labels labels = Labels.ids("y", new long[] {0, 1}, List.of("no", "yes"));
    return TensorDataset.of("images", Samples.of(bytes), labels);
  }

  @Test
  void bytes_are_divided_by_255_and_are_unsigned() {
    Tensor bytes =
        Tensor.make(
            Shape.of(1, 1, 1, 3),
            DataType.UINT8,
            buffer -> buffer.put((byte) 0).put((byte) 128).put((byte) 255));
    Labels label = Labels.ids("y", new long[] {0}, List.of("no"));

    assertThat(TensorDataset.of("d", Samples.of(bytes), label).batch(new int[] {0}).input())
        .isEqualTo(Tensor.of(Shape.of(1, 1, 1, 3), 0f, 128 / 255f, 1f));
  }

  @Test
  void the_digest_tells_samples_labels_classes_and_order_apart() {
    Labels other = Labels.ids("y", new long[] {0, 1, 1}, List.of("no", "yes"));
    Labels renamed = Labels.ids("y", new long[] {0, 1, 0}, List.of("no", "YES"));

    assertThat(
            List.of(
                dataset.digest(),
                dataset.select("d", new int[] {0, 2, 1}).digest(),
                dataset.select("d", new int[] {0, 1}).digest(),
                TensorDataset.of("d", SAMPLES, other).digest(),
                TensorDataset.of("d", SAMPLES, renamed).digest()))
        .doesNotHaveDuplicates();
    assertThat(dataset.select("other name", new int[] {0, 1, 2}).digest())
        .isEqualTo(dataset.digest());
  }
}
