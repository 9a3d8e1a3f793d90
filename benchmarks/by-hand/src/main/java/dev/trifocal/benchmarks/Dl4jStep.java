package dev.trifocal.benchmarks;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/** A training step of mnist-cnn as a user of DeepLearning4J writes it. */
final class Dl4jStep implements Step {
  private final MultiLayerNetwork net;
  private final INDArray images;
  private final INDArray labels;

  Dl4jStep(int batch) {
    net =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Adam(1e-3))
                .weightInit(WeightInit.RELU)
                .list()
                .layer(conv(64))
                .layer(conv(64))
                .layer(pool())
                .layer(conv(128))
                .layer(conv(128))
                .layer(pool())
                .layer(dense(100, 0))
                .layer(dense(50, 0.5))
                .layer(
                    new OutputLayer.Builder(LossFunctions.LossFunction.MCXENT)
                        .nOut(10)
                        .dropOut(0.5)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.convolutional(28, 28, 1))
                .build());
    net.init();
    images = Nd4j.rand(batch, 1, 28, 28);
    labels = Nd4j.zeros(batch, 10);
    for (int i = 0; i < batch; i++) {
      labels.putScalar(i, i % 10, 1);
    }
  }

  @Override
  public double run() {
    net.fit(images, labels);
    return net.score();
  }

  @Override
  public void close() {
    net.close();
  }

  private static Layer conv(int filters) {
    return new ConvolutionLayer.Builder(3, 3)
        .padding(1, 1)
        .nOut(filters)
        .activation(Activation.RELU)
        .build();
  }

  private static Layer pool() {
    return new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
        .kernelSize(2, 2)
        .stride(2, 2)
        .build();
  }

  /**
   * @param kept share of the inputs that dropout keeps, as DeepLearning4J counts; 0 for no dropout
   */
  private static Layer dense(int units, double kept) {
    return new DenseLayer.Builder().nOut(units).dropOut(kept).activation(Activation.RELU).build();
  }
}
