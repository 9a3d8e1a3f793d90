package dev.trifocal.testkit;

import dev.trifocal.graph.GraphBuilder;
import dev.trifocal.graph.Value;
import dev.trifocal.layer.Conv2d;
import dev.trifocal.layer.Dense;
import dev.trifocal.layer.Layer;
import dev.trifocal.layer.Reshape;
import dev.trifocal.layer.Size2d;
import dev.trifocal.layer.Window;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.nio.FloatBuffer;

/**
 * A learnable batch of samples, so that a training step reveals the gradient with respect to every
 * element of a layer's input.
 *
 * <p>The samples are the weights of a first layer, and the network's input, the selector, picks one
 * per row of the batch. For images, the layer is a convolution whose kernel is as large as the
 * image; the selector has one channel per sample, with a single one in the centre of the sample's
 * own channel, where the kernel leaves its mirrored copy. For other shapes, the layer is dense, the
 * selector is the identity matrix, and the output is reshaped.
 *
 * @param name the name of the learnable node
 * @param sample the shape of one sample
 * @param batch the number of samples
 */
record LearnableBatch(String name, Shape sample, int batch) {

  Value draw(GraphBuilder builder) {
    Value learned = builder.input(selectorName(), selectorShape()).then(name, layer());
    return isImage() || sample.rank() == 1 ? learned : learned.then(new Reshape(sample));
  }

  String selectorName() {
    return name + "_selector";
  }

  String weightName() {
    return name + ".weight";
  }

  /** Returns the network's input. */
  Tensor selector() {
    int elements = (int) selectorShape().elements();
    int middle = (elements / batch - 1) / 2;
    return Tensor.floats(
        selectorShape().batch(batch),
        buffer -> {
          for (int n = 0; n < batch; n++) {
            buffer.put(n * elements + n * (elements / batch) + middle, 1);
          }
        });
  }

  /** Returns the weight for which the learnable node outputs {@code samples}, {@code [N, ...]}. */
  Tensor weight(Tensor samples) {
    FloatBuffer values = samples.floats();
    return Tensor.floats(weightShape(), to -> exchange((w, s) -> to.put(w, values.get(s))));
  }

  /** Returns the samples for a weight, or their gradients for its gradient. */
  Tensor samples(Tensor weight) {
    FloatBuffer values = weight.floats();
    return Tensor.floats(sample.batch(batch), to -> exchange((w, s) -> to.put(s, values.get(w))));
  }

  private Layer layer() {
    if (!isImage()) {
      Dense dense = Layer.dense((int) sample.elements());
      return dense.withoutBias();
    }
    Conv2d conv = Layer.conv(sample.size(0), 1).withoutBias();
    return conv.window(kernel(conv.window()));
  }

  private Window kernel(Window window) {
    Size2d size = new Size2d(sample.size(1), sample.size(2));
    return new Window(
        size, window.stride(), window.padding(), window.dilation(), window.rounding());
  }

  private Shape selectorShape() {
    return isImage()
        ? Shape.of(batch, 2 * sample.size(1) - 1, 2 * sample.size(2) - 1)
        : Shape.of(batch);
  }

  private Shape weightShape() {
    return isImage()
        ? Shape.of(sample.size(0), batch, sample.size(1), sample.size(2))
        : Shape.of((int) sample.elements(), batch);
  }

  private boolean isImage() {
    return sample.rank() == 3;
  }

  private interface Pair {
    void accept(int inWeight, int inSamples);
  }

  /** Visits index pairs: {@code weight[c, n]} holds channel c of sample n, last pixel first. */
  private void exchange(Pair pair) {
    int pixels = isImage() ? sample.size(1) * sample.size(2) : 1;
    int channels = (int) sample.elements() / pixels;
    for (int n = 0; n < batch; n++) {
      for (int c = 0; c < channels; c++) {
        for (int p = 0; p < pixels; p++) {
          pair.accept((c * batch + n) * pixels + pixels - 1 - p, (n * channels + c) * pixels + p);
        }
      }
    }
  }
}
