package dev.trifocal.file;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.node.TreeTraversingParser;
import dev.trifocal.error.FileException;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;

/** Deserializes user-defined records and reports how they have changed since they were saved. */
final class CustomRecordReader extends DelegatingDeserializer {
  private static final long serialVersionUID = 1;

  CustomRecordReader(JsonDeserializer<?> reader) {
    super(reader);
  }

  @Override
  protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> reader) {
    return new CustomRecordReader(reader);
  }

  @Override
  public Object deserialize(JsonParser parser, DeserializationContext context) throws IOException {
    JsonNode tree = context.readTree(parser);
    Set<String> fields = new LinkedHashSet<>();
    tree.fieldNames().forEachRemaining(fields::add);
    CustomKinds.difference(handledType(), fields)
        .ifPresent(
            difference -> {
              throw new FileException(difference);
            });
    try (TreeTraversingParser values = new TreeTraversingParser(tree, parser.getCodec())) {
      values.nextToken();
      return super.deserialize(values, context);
    } catch (ValueInstantiationException e) {
      throw new FileException(
          "%s rejects the values in the file: %s"
              .formatted(handledType().getName(), e.getCause() == null ? e : e.getCause()),
          e);
    }
  }
}
