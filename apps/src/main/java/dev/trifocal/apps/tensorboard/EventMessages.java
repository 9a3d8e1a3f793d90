package dev.trifocal.apps.tensorboard;

import com.google.protobuf.ByteString;
import dev.trifocal.datasets.image.ImageFile;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Node;
import dev.trifocal.image.Image;
import dev.trifocal.shape.Shape;
import java.util.Map;
import java.util.function.Consumer;

/** The contents of events: TensorFlow's {@code Event}, {@code Summary} and {@code GraphDef}. */
final class EventMessages {
  /** The number of field {@code graph_def} of {@code Event}. */
  static final int GRAPH = 4;

  /** The number of field {@code summary} of {@code Event}. */
  static final int SUMMARY = 5;

  private EventMessages() {}

  /** Writes scalars by tag. */
  static Consumer<ProtobufMessage> scalars(Map<String, Double> values) {
    return event ->
        event.message(
            SUMMARY,
            summary ->
                values.forEach(
                    (tag, value) ->
                        summary.message(1, v -> v.text(1, tag).single(2, value.floatValue()))));
  }

  /** Writes histograms by tag. */
  static Consumer<ProtobufMessage> histograms(Map<String, Histogram> histograms) {
    return event ->
        event.message(
            SUMMARY,
            summary ->
                histograms.forEach(
                    (tag, one) ->
                        summary.message(1, v -> v.text(1, tag).message(5, histogram(one)))));
  }

  /** Writes images by tag. */
  static Consumer<ProtobufMessage> images(Map<String, Image> images) {
    return event ->
        event.message(
            SUMMARY,
            summary ->
                images.forEach(
                    (tag, picture) ->
                        summary.message(1, v -> v.text(1, tag).message(4, image(picture)))));
  }

  /** Writes a network layer by layer, with output shapes, {@code [N, ...]}. */
  static Consumer<ProtobufMessage> graph(Graph graph) {
    return event ->
        event.message(
            GRAPH,
            def -> {
              graph.nodes().forEach(node -> def.message(1, node(node)));
              def.message(4, versions -> versions.whole(1, 1));
            });
  }

  private static Consumer<ProtobufMessage> histogram(Histogram histogram) {
    return message ->
        message
            .number(1, histogram.min())
            .number(2, histogram.max())
            .number(3, histogram.num())
            .number(4, histogram.sum())
            .number(5, histogram.sumSquares())
            .numbers(6, histogram.bucketLimits())
            .numbers(7, histogram.buckets());
  }

  private static Consumer<ProtobufMessage> image(Image image) {
    return message ->
        message
            .whole(1, image.height())
            .whole(2, image.width())
            .whole(3, image.channels())
            .bytes(4, ByteString.copyFrom(ImageFile.png(image)));
  }

  /** Writes a node; slashes in its name make TensorBoard group nodes into blocks. */
  private static Consumer<ProtobufMessage> node(Node node) {
    return message -> {
      message.text(1, name(node.path())).text(2, node.layer().kind());
      node.inputs().forEach(input -> message.text(3, name(input)));
      message.message(
          5,
          attribute ->
              attribute
                  .text(1, "_output_shapes")
                  .message(2, value -> value.message(1, list -> list.message(7, shape(node)))));
    };
  }

  private static String name(String path) {
    return path.replace('.', '/');
  }

  private static Consumer<ProtobufMessage> shape(Node node) {
    Shape shape = node.shape();
    return message -> {
      message.message(2, dimension -> dimension.whole(1, -1));
      shape.sizes().forEach(size -> message.message(2, dimension -> dimension.whole(1, size)));
    };
  }
}
