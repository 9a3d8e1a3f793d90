package dev.trifocal.apps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.datasets.npy.Npy;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Flags reach the settings of the run")
class FlagsTest {
  @TempDir Path folder;

  @Test
  void whatIsNotGivenDoesNotOverrideTheFile() throws IOException {
    Files.writeString(
        folder.resolve("trifocal.conf"),
        "trifocal { shuffle = false, optimizer = sgd, momentum = 0.5, nesterov = true }");
    assertThat(trained())
        .contains("shuffle = false", "optimizer = sgd", "momentum = 0.5", "nesterov = true");
  }

  @Test
  void everyFlagOfTrainIsWrittenDown() throws IOException {
    String written =
        trained(
            "--recipe",
            "mnist-fast",
            "--model",
            "lenet5",
            "--width",
            "1",
            "--freeze",
            "conv1",
            "--freeze",
            "conv2",
            "--head",
            "tanh_3",
            "--data",
            "digits",
            "--batch-size",
            "80",
            "--accumulate",
            "2",
            "--memory",
            "64GiB",
            "--recompute",
            "--optimizer",
            "sgd",
            "--lr",
            "0.125",
            "--momentum",
            "0.5",
            "--nesterov",
            "--weight-decay",
            "0.25",
            "--decay-of",
            "weights",
            "--clip-norm",
            "3.5",
            "--schedule",
            "step",
            "--warm-up",
            "3",
            "--gamma",
            "0.75",
            "--step-size",
            "2",
            "--label-smoothing",
            "0.0625",
            "--loss",
            "cross-entropy+dice",
            "--class-weights",
            "1,1,1,1,1,1,1,1,1,2.5",
            "--ema",
            "0.75",
            "--plateau-patience",
            "3",
            "--plateau-threshold",
            "0.5",
            "--plateau-cooldown",
            "2",
            "--plateau-min-lr",
            "0.125",
            "--patience",
            "4",
            "--no-shuffle",
            "--histograms",
            "2",
            "--rates",
            "head=2,conv2=0.5",
            "--metrics",
            "f1,top-2",
            "--best-by",
            "loss",
            "--checkpoint-every",
            "7",
            "--loader-threads",
            "2",
            "--threads",
            "1",
            "--precision",
            "float32",
            "--seed",
            "9",
            "--device",
            "cpu",
            "--backend",
            "onnx",
            "--data-dir",
            "d",
            "--hub",
            "http://localhost:1234",
            "--cache-dir",
            "c",
            "--strict",
            "--size",
            "160x200",
            "--channels",
            "3",
            "--augment",
            "flip,rotate=15",
            "--preprocessing",
            "caffe",
            "--shorter-side",
            "300",
            "--order",
            "rgb",
            "--scale",
            "2",
            "--mean",
            "0.5",
            "--std",
            "1,2,3",
            "--image-cache",
            "disk");
    assertThat(written.replace("\"" + folder, "\"FOLDER"))
        .isEqualTo(
            """
            trifocal {
              backend = onnx
              device = cpu
              threads = 1
              precision = float32
              recompute = true
              seed = 9
              model = lenet5
              width = 1.0
              weights = none
              partial = false
              freeze = "conv1,conv2"
              head = tanh_3
              data = digits
              data-dir = "FOLDER/d"
              cache-dir = "FOLDER/c"
              hub = "http://localhost:1234"
              channels = 3
              size = 160x200
              augment = "flip,rotate=15"
              preprocessing = caffe
              shorter-side = 300
              order = rgb
              scale = 2.0
              mean = 0.5
              std = "1.0,2.0,3.0"
              multi-label = false
              mask-classes = none
              strict = true
              image-cache = disk
              epochs = 1
              batch-size = 80
              accumulate = 2
              memory = 64GiB
              optimizer = sgd
              lr = 0.125
              momentum = 0.5
              nesterov = true
              weight-decay = 0.25
              decay-of = weights
              clip-value = none
              clip-norm = 3.5
              schedule = step
              warm-up = 3
              gamma = 0.75
              step-size = 2
              label-smoothing = 0.0625
              loss = "cross-entropy+dice"
              class-weights = "1.0,1.0,1.0,1.0,1.0,1.0,1.0,1.0,1.0,2.5"
              ema = 0.75
              plateau-patience = 3
              plateau-threshold = 0.5
              plateau-cooldown = 2
              plateau-min-lr = 0.125
              patience = 4
              checkpoint-every = 7
              loader-threads = 2
              shuffle = false
              rates = "head=2.0,conv2=0.5"
              metrics = "f1,top-2"
              best-by = loss
              tensorboard = true
              histograms = 2
              task = train
              recipe = mnist-fast
            }
            """);
  }

  @Test
  void eventFilesThatAreLeftOutAreWrittenDownAsThat() throws IOException {
    assertThat(trained("--no-tensorboard")).contains("tensorboard = false");
  }

  @Test
  void aFolderOfArraysIsWrittenDownInFullSoThatAResumeFindsIt() throws IOException {
    Files.createDirectory(folder.resolve("arrays"));
    Npy.write(folder.resolve("arrays/x.npy"), Tensor.floats(Shape.of(60, 1, 28, 28), b -> {}));
    Npy.write(
        folder.resolve("arrays/y.npy"),
        Tensor.of(Shape.of(60), LongStream.range(0, 60).map(i -> i % 3).toArray()));
    assertThat(trained("--data", "arrays")).contains("data = \"" + folder.resolve("arrays") + "\"");
  }

  private String trained(String... flags) throws IOException {
    String[] arguments = new String[flags.length + 5];
    System.arraycopy(new String[] {"train", "--epochs", "1", "--out", "run"}, 0, arguments, 0, 5);
    System.arraycopy(flags, 0, arguments, 5, flags.length);
    AppRun run = AppRun.in(folder, arguments);
    assertThat(run.exitCode()).as(run.err()).isZero();
    return Files.readString(folder.resolve("run/trifocal.conf"));
  }
}
