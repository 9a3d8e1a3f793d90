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
import dev.trifocal.metric.Sums;
import java.io.IOException;

/**
 * Sums as JSON: an object of numbers, and of arrays for rows, {@code {"sum": 2.5, "row": [1, 2]}}.
 */
interface SumsJson {
  static Module module() {
    return new SimpleModule().addSerializer(new Writer()).addDeserializer(Sums.class, new Reader());
  }

  /** Writes a row of one as a number. */
  final class Writer extends StdSerializer<Sums> {
    private static final long serialVersionUID = 1;

    Writer() {
      super(Sums.class);
    }

    @Override
    public void serialize(Sums sums, JsonGenerator json, SerializerProvider provider)
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

  /** Reads what {@link Writer} writes. */
  final class Reader extends StdDeserializer<Sums> {
    private static final long serialVersionUID = 1;

    Reader() {
      super(Sums.class);
    }

    @Override
    public Sums deserialize(JsonParser json, DeserializationContext context) throws IOException {
      Sums sums = Sums.NONE;
      if (!json.isExpectedStartObjectToken()) {
        context.reportWrongTokenException(Sums.class, JsonToken.START_OBJECT, "no sums");
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
