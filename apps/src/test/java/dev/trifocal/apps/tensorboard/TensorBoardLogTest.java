package dev.trifocal.apps.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.UnknownFieldSet;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Node;
import dev.trifocal.picture.Picture;
import dev.trifocal.trainer.EpochRecord;
import dev.trifocal.trainer.StepEvent;
import dev.trifocal.zoo.Zoo;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Field numbers are those of TensorFlow's event.proto, summary.proto and graph.proto. */
class TensorBoardLogTest {
  private static final int STEP = 2;
  private static final int FILE_VERSION = 3;
  private static final int GRAPH_DEF = 4;
  private static final int SUMMARY = 5;
  private static final int TAG = 1;
  private static final int SIMPLE_VALUE = 2;
  private static final int IMAGE = 4;

  private static final Graph GRAPH = Zoo.find("lenet5").graph();
  private static final Picture RED = Picture.of(1, 2, 3, new byte[] {-1, 0, 0, -1, 0, 0});

  @TempDir Path folder;

  @Test
  void aFileBeginsWithItsVersionAndTellsTheTime() throws IOException {
    written(0);
    UnknownFieldSet first = events("train").get(0);
    assertThat(Records.texts(first, FILE_VERSION)).containsExactly("brain.Event:2");
    double changed = Files.getLastModifiedTime(file("train")).toMillis() / 1e3;
    double wallTime = Double.longBitsToDouble(first.getField(1).getFixed64List().get(0));
    assertThat(wallTime).isBetween(changed - 60, changed + 1);
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
  void theNetworkIsAGraphWithShapes() {
    written(0);
    UnknownFieldSet graph =
        events("train").stream()
            .flatMap(event -> Records.messages(event, GRAPH_DEF).stream())
            .findFirst()
            .orElseThrow();
    List<UnknownFieldSet> nodes = Records.messages(graph, 1);
    assertThat(nodes)
        .extracting(node -> Records.texts(node, 1).get(0))
        .containsExactlyElementsOf(GRAPH.nodes().stream().map(Node::path).toList());
    UnknownFieldSet conv = nodes.get(1);
    assertThat(Records.texts(conv, 2)).containsExactly("Conv2d");
    assertThat(Records.texts(conv, 3)).containsExactly("input");
    UnknownFieldSet attribute = Records.messages(conv, 5).get(0);
    assertThat(Records.texts(attribute, 1)).containsExactly("_output_shapes");
    UnknownFieldSet list = Records.messages(Records.messages(attribute, 2).get(0), 1).get(0);
    UnknownFieldSet shape = Records.messages(list, 7).get(0);
    assertThat(Records.messages(shape, 2))
        .extracting(dimension -> dimension.getField(1).getVarintList().get(0))
        .containsExactly(-1L, 6L, 28L, 28L);
  }

  @Test
  void samplesArePictures() throws IOException {
    written(0);
    UnknownFieldSet value =
        values(events("train").get(2)).stream()
            .filter(one -> one.hasField(IMAGE))
            .findFirst()
            .orElseThrow();
    assertThat(Records.texts(value, TAG)).containsExactly("samples/1");
    UnknownFieldSet image = Records.messages(value, IMAGE).get(0);
    assertThat(image.getField(1).getVarintList()).containsExactly(1L);
    assertThat(image.getField(2).getVarintList()).containsExactly(2L);
    byte[] png = image.getField(4).getLengthDelimitedList().get(0).toByteArray();
    assertThat(ImageIO.read(new ByteArrayInputStream(png)).getRGB(1, 0)).isEqualTo(0xFFFF0000);
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
    try (TensorBoardLog log = TensorBoardLog.in(folder, GRAPH, Map.of("samples/1", RED), step)) {
      log.stepped(new StepEvent(1, 3, 4, 3, 0.5, 0.125, Map.of()));
      Map<String, Double> metrics = new LinkedHashMap<>();
      metrics.put("loss", 0.25);
      metrics.put("accuracy", 0.75);
      metrics.put("val_loss", 0.375);
      metrics.put("val_accuracy", 0.625);
      log.epochEnded(new EpochRecord(2, metrics, 0.125, 4));
    }
  }

  private Path file(String part) {
    return folder.resolve(part).resolve("events.out.tfevents.0000000001.trifocal");
  }

  private List<UnknownFieldSet> events(String part) {
    return Records.read(file(part));
  }

  private static List<UnknownFieldSet> values(UnknownFieldSet event) {
    return Records.messages(event, SUMMARY).stream()
        .flatMap(summary -> Records.messages(summary, 1).stream())
        .toList();
  }

  private List<String> scalars(String part) {
    List<String> result = new ArrayList<>();
    for (UnknownFieldSet event : events(part)) {
      long step = event.getField(STEP).getVarintList().get(0);
      for (UnknownFieldSet value : values(event)) {
        for (int bits : value.getField(SIMPLE_VALUE).getFixed32List()) {
          String tag = Records.texts(value, TAG).get(0);
          result.add("%d %s=%s".formatted(step, tag, Float.intBitsToFloat(bits)));
        }
      }
    }
    return result;
  }
}
