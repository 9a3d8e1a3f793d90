package dev.trifocal.datasets.memory;

import dev.trifocal.data.Batch;
import dev.trifocal.data.Dataset;
import dev.trifocal.datasets.augment.Augmentation;
import dev.trifocal.image.ImagePreprocessor;
import dev.trifocal.image.Preprocessing;
import dev.trifocal.random.RandomStream;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The augmented gray images of one epoch, each a pure function of (seed, epoch, index). */
record AugmentedTensors(TensorDataset plain, Augmentation transforms, RandomStream stream)
    implements Dataset {

  @Override
  public String name() {
    return plain.name();
  }

  @Override
  public int size() {
    return plain.size();
  }

  @Override
  public Map<String, Shape> inputShapes() {
    return plain.inputShapes();
  }

  @Override
  public Optional<Preprocessing> preprocessing() {
    return plain.preprocessing();
  }

  @Override
  public List<String> classes() {
    return plain.classes();
  }

  @Override
  public String digest() {
    return plain.digest();
  }

  @Override
  public Batch batch(int[] indices) {
    ImagePreprocessor preprocessor = new ImagePreprocessor(Preprocessing.UNIT, sampleShape());
    Tensor inputs =
        Tensor.floats(
            sampleShape().batch(indices.length),
            target -> {
              for (int index : indices) {
                preprocessor.put(
                    transforms.apply(plain.image(index), preprocessor, stream.at(index)), target);
              }
            });
    return Batch.of(inputs, plain.labels(indices));
  }
}
