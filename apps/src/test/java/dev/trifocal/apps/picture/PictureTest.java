package dev.trifocal.apps.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.trifocal.error.DataException;
import dev.trifocal.error.FileException;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.zoo.Preprocessing;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A picture")
class PictureTest {
  @TempDir Path folder;

  @Test
  void becomesRedGreenBluePlanesInRows() throws IOException {
    Path file = write(BufferedImage.TYPE_INT_RGB, new int[][] {{0xFF0033, 0x00CC00, 0x0000FF}});
    Tensor tensor =
        Picture.read(file).tensor(Shape.of(3, 1, 3), Picture.Tone.AS_IS, Preprocessing.UNIT);
    assertThat(tensor.shape()).isEqualTo(Shape.of(1, 3, 1, 3));
    assertThat(tensor.toFloats()).containsExactly(1, 0, 0, 0, 0.8f, 0, 0.2f, 0, 1);
  }

  @Test
  void becomesGrayByTheLumaOfTelevision() throws IOException {
    Path file = write(BufferedImage.TYPE_INT_RGB, new int[][] {{0xFF0000, 0x00FF00, 0x0000FF}});
    Tensor tensor =
        Picture.read(file).tensor(Shape.of(1, 1, 3), Picture.Tone.AS_IS, Preprocessing.UNIT);
    assertThat(tensor.toFloats()).containsExactly(0.299f, 0.587f, 0.114f);
  }

  @Test
  void keepsTheValuesOfAGrayFile() throws IOException {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setSample(0, 0, 0, 51);
    image.getRaster().setSample(1, 0, 0, 204);
    Path file = save(image);
    Tensor gray =
        Picture.read(file).tensor(Shape.of(1, 1, 2), Picture.Tone.AS_IS, Preprocessing.UNIT);
    assertThat(gray.toFloats()).containsExactly(0.2f, 0.8f);
    Tensor inverted =
        Picture.read(file).tensor(Shape.of(1, 1, 2), Picture.Tone.INVERTED, Preprocessing.UNIT);
    assertThat(inverted.toFloats()).containsExactly(new float[] {0.8f, 0.2f}, within(1e-6f));
    Tensor colour =
        Picture.read(file).tensor(Shape.of(3, 1, 2), Picture.Tone.AS_IS, Preprocessing.UNIT);
    assertThat(colour.toFloats()).containsExactly(0.2f, 0.8f, 0.2f, 0.8f, 0.2f, 0.8f);
  }

  @Test
  void isWhiteWhereItIsTransparent() throws IOException {
    Path file = write(BufferedImage.TYPE_INT_ARGB, new int[][] {{0x00000000, 0xFF000000}});
    Tensor tensor =
        Picture.read(file).tensor(Shape.of(1, 1, 2), Picture.Tone.AS_IS, Preprocessing.UNIT);
    assertThat(tensor.toFloats()).containsExactly(new float[] {1, 0}, within(1e-6f));
  }

  /** Values of torch.nn.functional.interpolate, mode bilinear, antialias. */
  @Test
  void isResizedAsPyTorchDoesIt() {
    Plane plane = new Plane(2, 4, new float[] {0, 1, 2, 3, 4, 5, 6, 7});
    assertThat(plane.resize(1, 2).values())
        .containsExactly(new float[] {2.714286f, 4.285714f}, within(1e-5f));
    assertThat(plane.resize(2, 3).values())
        .containsExactly(new float[] {0.3f, 1.5f, 2.7f, 4.3f, 5.5f, 6.7f}, within(1e-5f));
    assertThat(new Plane(1, 2, new float[] {0, 1}).resize(1, 4).values())
        .containsExactly(new float[] {0, 0.25f, 0.75f, 1}, within(1e-5f));
    assertThat(new Plane(1, 10, new float[] {3, 1, 4, 1, 5, 9, 2, 6, 5, 3}).resize(1, 3).values())
        .containsExactly(new float[] {2.406780f, 4.863637f, 4.559322f}, within(1e-5f));
  }

  @Test
  void thatIsNoneIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), "no picture");
    assertThatThrownBy(() -> Picture.read(file))
        .isInstanceOf(FileException.class)
        .hasMessage(file + " is not a picture: it should be PNG, JPEG, GIF or BMP");
    assertThatThrownBy(() -> Picture.read(folder.resolve("b.png")))
        .hasMessage(folder.resolve("b.png") + " cannot be read: there is no such file");
  }

  @Test
  void doesNotSuitAModelOfTwoChannels() {
    Picture picture = new Picture(List.of(new Plane(1, 1, new float[] {0})));
    assertThatThrownBy(
            () -> picture.tensor(Shape.of(2, 4, 4), Picture.Tone.AS_IS, Preprocessing.UNIT))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "pictures have 1 or 3 channels, but the model reads [2, 4, 4]; use trifocal run");
  }

  @Test
  void isGuessedByTheLargestLogits() {
    List<Guess> best = Guess.best(new float[] {0, 2, 1}, List.of("ant", "bee", "cat"), 2);
    assertThat(best).extracting(Guess::name).containsExactly("bee", "cat");
    assertThat(best.get(0).probability()).isCloseTo(0.665241, within(1e-6));
    assertThat(Guess.best(new float[] {1, 2}, List.of(), 1))
        .extracting(Guess::name)
        .containsExactly("class 1");
  }

  private Path write(int type, int[][] pixels) throws IOException {
    BufferedImage image = new BufferedImage(pixels[0].length, pixels.length, type);
    for (int y = 0; y < pixels.length; y++) {
      for (int x = 0; x < pixels[y].length; x++) {
        image.setRGB(x, y, pixels[y][x] | (type == BufferedImage.TYPE_INT_RGB ? 0xFF000000 : 0));
      }
    }
    return save(image);
  }

  private Path save(BufferedImage image) throws IOException {
    Path file = folder.resolve("picture.png");
    ImageIO.write(image, "png", file.toFile());
    return file;
  }
}
