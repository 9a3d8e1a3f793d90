package dev.trifocal.trainer;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import dev.trifocal.metric.MetricSums;
import java.io.IOException;

/**
 * Sums as JSON: an object with numbers, or arrays for rows: {@code {"sum": 2.5, "row": [1, 2]}}.
 */
final class MetricSumsJson {
  private MetricSumsJson() {}

  static Module module() {
    return new SimpleModule()
        .addSerializer(new Writer())
        .addDeserializer(MetricSums.class, new Reader());
  }

  /** Writes sums; a row with a single value becomes a number. */
  static final class Writer extends StdSerializer<MetricSums> {
    private static final long serialVersionUID = 1;

    Writer() {
      super(MetricSums.class);
    }

    @Override
    public void serialize(MetricSums sums, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeStartObject();
      for (String name : sums.names()) {
        double[] row = sums.row(name);
        json.writeFieldName(name);
        if (row.length == 1) {
          json.writeNumber(row[0]);
        } else {
          json.writeArray(row, 0, row.length);
        }
      }
      json.writeEndObject();
    }
  }

  /** Reads sums as written by {@link Writer}. */
  static final class Reader extends StdDeserializer<MetricSums> {
    private static final long serialVersionUID = 1;

    Reader() {
      super(MetricSums.class);
    }

    @Override
    public MetricSums deserialize(JsonParser json, DeserializationContext context)
        throws IOException {
      MetricSums sums = MetricSums.NONE;
      if (!json.isExpectedStartObjectToken()) {
        context.reportWrongTokenException(
            MetricSums.class, JsonToken.START_OBJECT, "expected an object of sums");
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        boolean row = json.nextToken() == JsonToken.START_ARRAY;
        double[] values =
            row
                ? context.readValue(json, double[].class)
                : new double[] {context.readValue(json, double.class)};
        sums = sums.and(name, values);
      }
      return sums;
    }
  }
}
