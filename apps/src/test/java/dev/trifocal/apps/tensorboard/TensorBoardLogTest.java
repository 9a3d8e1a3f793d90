package dev.trifocal.apps.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Node;
import dev.trifocal.image.Image;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.trainer.EpochRecord;
import dev.trifocal.trainer.GradientEvent;
import dev.trifocal.trainer.StepEvent;
import dev.trifocal.trainer.TrainingControl;
import dev.trifocal.trainer.TrainingProgress;
import dev.trifocal.weights.Weights;
import dev.trifocal.zoo.Zoo;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.framework.GraphDef;
import org.tensorflow.framework.HistogramProto;
import org.tensorflow.framework.NodeDef;
import org.tensorflow.framework.Summary;
import org.tensorflow.framework.TensorShapeProto;
import org.tensorflow.util.Event;

/** Field numbers are those of TensorFlow's event.proto, summary.proto and graph.proto. */
class TensorBoardLogTest {
  private static final TrainingControl CONTROL =
      new TrainingControl(TrainingProgress.start(), 0, 0.1);

  private static final Graph GRAPH = Zoo.find("lenet5").graph();
  private static final Image RED = Image.of(1, 2, 3, new byte[] {-1, 0, 0, -1, 0, 0});

  @TempDir Path folder;

  @Test
  void aFileBeginsWithItsVersionAndTellsTheTime() throws IOException {
    written(0);
    Event first = events("train").get(0);
    assertThat(first.getFileVersion()).isEqualTo("brain.Event:2");
    double changed = Files.getLastModifiedTime(file("train")).toMillis() / 1e3;
    assertThat(first.getWallTime()).isBetween(changed - 60, changed + 1);
  }

  @Test
  void stepsAndEpochsAreScalars() {
    written(0);
    assertThat(scalars("train"))
        .containsExactly(
            "3 step/loss=0.5",
            "3 step/lr=0.125",
            "2 epoch/loss=0.25",
            "2 epoch/accuracy=0.75",
            "2 epoch/seconds=4.0");
    assertThat(scalars("validation"))
        .containsExactly("2 epoch/loss=0.375", "2 epoch/accuracy=0.625");
  }

  @Test
  void theNetworkIsAGraphWithShapes() throws IOException {
    written(0);
    GraphDef graph = GraphDef.parseFrom(events("train").get(1).getGraphDef());
    assertThat(graph.getNodeList())
        .extracting(NodeDef::getName)
        .containsExactlyElementsOf(GRAPH.nodes().stream().map(Node::path).toList());
    NodeDef conv = graph.getNode(1);
    assertThat(conv.getOp()).isEqualTo("Conv2d");
    assertThat(conv.getInputList()).containsExactly("input");
    assertThat(conv.getAttrOrThrow("_output_shapes").getList().getShape(0).getDimList())
        .extracting(TensorShapeProto.Dim::getSize)
        .containsExactly(-1L, 6L, 28L, 28L);
  }

  @Test
  void samplesAreImages() throws IOException {
    written(0);
    Summary.Value value = events("train").get(2).getSummary().getValue(0);
    assertThat(value.getTag()).isEqualTo("samples/1");
    assertThat(value.getImage().getHeight()).isEqualTo(1);
    assertThat(value.getImage().getWidth()).isEqualTo(2);
    byte[] png = value.getImage().getEncodedImageString().toByteArray();
    assertThat(ImageIO.read(new ByteArrayInputStream(png)).getRGB(1, 0)).isEqualTo(0xFFFF0000);
  }

  @Test
  void weightsAndGradientsAreHistograms() {
    Weights weights = weights(3, -1, Float.NaN, 3, 0);
    try (TensorBoardLog log = log(0)) {
      assertThat(log.wantsGradients(1)).isFalse();
      assertThat(log.wantsGradients(4)).isTrue();
      log.gradientsComputed(new GradientEvent(4, 9, weights, weights(7, 7)));
    }
    Event event = events("train").get(3);
    assertThat(event.getStep()).isEqualTo(4);
    assertThat(event.getSummary().getValueList())
        .extracting(Summary.Value::getTag)
        .containsExactly("weights/w", "gradients/w");
    HistogramProto found = event.getSummary().getValue(0).getHisto();
    assertThat(found.getMin()).isEqualTo(-1);
    assertThat(found.getMax()).isEqualTo(3);
    assertThat(found.getNum()).isEqualTo(4);
    assertThat(found.getSum()).isEqualTo(5);
    assertThat(found.getSumSquares()).isEqualTo(19);
    assertThat(found.getBucketLimitList()).hasSize(30).isSorted().endsWith(3.0);
    // Each bucket is 4/30 wide.
    assertThat(found.getBucketList()).hasSize(30).startsWith(1.0).endsWith(2.0);
    assertThat(found.getBucket(7)).isEqualTo(1);
    HistogramProto constant = event.getSummary().getValue(1).getHisto();
    assertThat(constant.getBucket(0)).isEqualTo(2);
  }

  private static Weights weights(float... values) {
    return new Weights(Map.of("w", Tensor.of(Shape.of(values.length), values)));
  }

  @Test
  void aTrainingThatGoesOnWritesAFurtherFile() throws IOException {
    written(0);
    written(7);
    try (Stream<Path> files = Files.list(folder.resolve("train"))) {
      assertThat(files.map(file -> file.getFileName().toString()).sorted())
          .containsExactly(
              "events.out.tfevents.0000000001.trifocal", "events.out.tfevents.0000000002.trifocal");
    }
  }

  private void written(long step) {
    try (TensorBoardLog log = log(step)) {
      log.stepEnded(new StepEvent(1, 3, 4, 3, 0.5, 0.125, Map.of(), Map.of(), Map.of()), CONTROL);
      Map<String, Double> metrics = new LinkedHashMap<>();
      metrics.put("loss", 0.25);
      metrics.put("accuracy", 0.75);
      metrics.put("val_loss", 0.375);
      metrics.put("val_accuracy", 0.625);
      log.epochEnded(new EpochRecord(2, metrics, 0.125, 4), CONTROL);
    }
  }

  private TensorBoardLog log(long step) {
    return TensorBoardLog.in(folder, GRAPH, Map.of("samples/1", RED), step, OptionalInt.of(2));
  }

  private Path file(String part) {
    return folder.resolve(part).resolve("events.out.tfevents.0000000001.trifocal");
  }

  private List<Event> events(String part) {
    return TensorFlowRecords.read(file(part));
  }

  private List<String> scalars(String part) {
    List<String> result = new ArrayList<>();
    for (Event event : events(part)) {
      for (Summary.Value value : event.getSummary().getValueList()) {
        if (value.getValueCase() == Summary.Value.ValueCase.SIMPLE_VALUE) {
          result.add("%d %s=%s".formatted(event.getStep(), value.getTag(), value.getSimpleValue()));
        }
      }
    }
    return result;
  }
}
